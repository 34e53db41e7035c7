#include "checks/access/linktoken.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestLinkToken : public QObject
{
    Q_OBJECT

private slots:
    void readsLinks_data();
    void readsLinks();
    void refusesWhatIsNoLinkOfOurs_data();
    void refusesWhatIsNoLinkOfOurs();
    void staysBesideThePassword();
    void inventsTokens();
    void measures_data();
    void measures();
};

void TestLinkToken::readsLinks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("token");
    QTest::newRow("query") << u"https://app.x.test/reset?token=abc123XYZ"_s << u"abc123XYZ"_s;
    QTest::newRow("blanks around it") << u" https://app.x.test/reset?token=abc123XYZ\n"_s << u"abc123XYZ"_s;
    QTest::newRow("with the address of mail")
        << u"https://app.x.test/reset?email=somebody%40example.test&code=1234567"_s << u"1234567"_s;
    QTest::newRow("with a place to go on")
        << u"https://x.test/r?t=abcdef&next=https://x.test/a/long/way"_s << u"abcdef"_s;
    QTest::newRow("path") << u"https://app.x.test/reset/abc123XYZ"_s << u"abc123XYZ"_s;
    QTest::newRow("fragment") << u"https://app.x.test/#access_token=abc123XYZ"_s << u"abc123XYZ"_s;
    QTest::newRow("route in the fragment") << u"https://app.x.test/#/reset?token=abc123XYZ"_s << u"abc123XYZ"_s;
    QTest::newRow("no token") << u"https://app.x.test/"_s << QString();
    QTest::newRow("no link") << u"the link did not come"_s << QString();
    QTest::newRow("another scheme") << u"myapp://reset?token=abc123XYZ"_s << QString();
}

void TestLinkToken::readsLinks()
{
    QFETCH(QString, text);
    QFETCH(QString, token);
    const auto link = mailedLinkIn(text);
    QCOMPARE(link ? link->token : QString(), token);
    if (link)
        QVERIFY(withToken(*link, u"other-9"_s).toString().contains("other-9"_L1));
}

void TestLinkToken::refusesWhatIsNoLinkOfOurs_data()
{
    QTest::addColumn<MailedValue>("value");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said"); // a word of the sentence; empty: it is taken
    using enum MailedValue;
    QTest::newRow("ours") << Reset << u"https://app.x.test/reset?token=abc123XYZ"_s << u""_s;
    QTest::newRow("ours, with blanks") << OldInvite << u" https://x.test/i/abc123XYZ \n"_s << u""_s;
    QTest::newRow("the host that we named")
        << SecondReset << u"https://launch-cockpit-check.example.com/r?t=abc123"_s << u""_s;
    QTest::newRow("of a service that counts clicks")
        << Reset << u"https://click.mailer.test/ls/abc123XYZ"_s << u"click.mailer.test"_s;
    QTest::newRow("of a host below ours that is not named")
        << Reset << u"https://evil.app.x.test/r?t=abc123"_s << u"evil.app.x.test"_s;
    QTest::newRow("no token") << Invite << u"https://app.x.test/"_s << u"no token"_s;
    QTest::newRow("no address") << Reset << u"abc123XYZ"_s << u"no web address"_s;
    QTest::newRow("an application's own") << Reset << u"myapp://reset?token=abc123XYZ"_s << u"no web address"_s;
    QTest::newRow("an address of mail") << InvitedMail << u"sam+lc1@x.test"_s << u""_s;
    QTest::newRow("a code") << Code << u"123 456"_s << u""_s;
    QTest::newRow("a link for a code") << Code << u"https://app.x.test/reset?token=abc123XYZ"_s << u"one-time code"_s;
    QTest::newRow("the key of an app for a code") << Code << u"abc123JBSWY3DPEHPK3PXP"_s << u"authenticator app"_s;
    QTest::newRow("a link for an address of mail")
        << InvitedMail << u"https://x.test/i/abc123"_s << u"address of mail"_s;
}

void TestLinkToken::refusesWhatIsNoLinkOfOurs()
{
    QFETCH(MailedValue, value);
    QFETCH(QString, text);
    QFETCH(QString, said);
    const Target target{u"x.test"_s, {{HostRole::Site, u"x.test"_s, 443}, {HostRole::App, u"app.x.test"_s, 443}}};
    const auto checked = checkedMailed(value, text, target);
    QCOMPARE(checked.has_value(), said.isEmpty());
    if (!checked) {
        QVERIFY2(checked.error().message.contains(said), qPrintable(checked.error().message));
        QVERIFY(!checked.error().message.contains("abc123"_L1)); // the link is a secret
    }
}

void TestLinkToken::staysBesideThePassword()
{
    HoleValues mailed{{u"reset_link"_s, Secret("https://x.test/r?t=abcd")}};
    const Secret both = withMailedValues(Secret("correct horse"), mailed);
    HoleValues values = holeValuesOf(both);
    QCOMPARE(values[u"password"_s].reveal(), QByteArray("correct horse"));
    QCOMPARE(mailedValuesOf(values), mailed);
    const Secret more = withMailedValues(both, {{u"invite_link"_s, Secret("https://x.test/i/efgh")}});
    QCOMPARE(mailedValuesOf(holeValuesOf(more)).size(), size_t(2));
    const Secret none =
        withMailedValues(more, {{u"invite_link"_s, Secret()}, {u"reset_link"_s, Secret()}, {u"old_reset_link"_s, {}}});
    QCOMPARE(none.reveal(), QByteArray("correct horse")); // as it was
}

void TestLinkToken::inventsTokens()
{
    const QString token = u"3f2504e0-4f89-41d3-9a0c-0305e82c3301"_s;
    const QString invented = inventedTokenLike(token);
    QVERIFY(invented != token);
    QCOMPARE(invented.size(), token.size());
    QCOMPARE(invented.count(u'-'), 4);
}

void TestLinkToken::measures_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("other");
    QTest::addColumn<int>("atLeast");
    QTest::addColumn<int>("below");
    QTest::addColumn<QString>("mark");
    const auto row = [](const char *name, const QString &token, const QString &other, int atLeast, int below,
                        const char *mark = "") {
        QTest::newRow(name) << token << other << atLeast << below << QString::fromLatin1(mark);
    };
    row("43 letters of base64url", u"Zk3vX9pQ2mL7sT1wY8uB5nR4cD6fG0hJ-aEiKoMqSxV"_s, {}, 240, 270);
    row("128 bits as hex", u"9f86d081884c7d659a2feaa0c55ad015"_s, {}, 120, 129);
    row("64 bits as hex", u"9f86d081884c7d65"_s, {}, 60, 65);
    row("six digits", u"428913"_s, {}, 0, 21);
    row("UUID of version 4", u"3f2504e0-4f89-41d3-9a0c-0305e82c3301"_s, {}, 122, 123);
    row("UUID of version 1", u"c232ab00-9414-11ec-b3c8-9f6bdeced846"_s, {}, 0, 64, "timed");
    row("one letter again and again", u"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"_s, {}, 0, 64);
    row("counted up", u"100451"_s, u"100452"_s, 0, 1, "counted");
    row("counted up as hex", u"0000a1f3"_s, u"0000a1f9"_s, 0, 1, "counted");
    row("the same beginning", u"user-17-aaaabcde1234"_s, u"user-17-aaaaqwer9876"_s, 0, 64);
    row("nothing in common", u"9f86d081884c7d659a2feaa0c55ad015"_s, u"9a6d8081884c7d659a2feaa0c55ad777"_s, 120, 129);
}

void TestLinkToken::measures()
{
    QFETCH(QString, token);
    QFETCH(QString, other);
    QFETCH(int, atLeast);
    QFETCH(int, below);
    QFETCH(QString, mark);
    const TokenStrength strength = strengthOf(token, other);
    QVERIFY2(strength.bits >= atLeast && strength.bits < below, qPrintable(QString::number(strength.bits)));
    QCOMPARE(strength.isCounted, mark == "counted"_L1);
    QCOMPARE(strength.isTimed, mark == "timed"_L1);
}

QTEST_GUILESS_MAIN(TestLinkToken)
#include "tst_linktoken.moc"
