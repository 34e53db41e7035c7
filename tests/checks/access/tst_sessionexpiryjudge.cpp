// access.session-expiry: what is made of what was seen.
#include "checks/access/sessionexpiry.h"
#include "tests/checks/access/sessionscene.h"

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";

SessionExpiryLook goodLook()
{
    SessionExpiryLook look;
    look.actor = u"Mia"_s;
    look.page.request.url = QUrl(u"https://app.example.com/me"_s);
    look.at = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);
    look.tokenLife = 900;
    look.control = SessionStanding::In;
    return look;
}

SeenStanding seenAs(SessionStanding standing)
{
    SeenStanding seen{.standing = standing};
    seen.request.url = QUrl(u"https://app.example.com/me"_s);
    seen.answer = answer(200, kJson, "{}");
    return seen;
}

using Change = std::function<void(SessionExpiryLook &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class TestSessionExpiryJudge : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void saysHowLongItWasIdle_data();
    void saysHowLongItWasIdle();
    void passwordBodies_data();
    void passwordBodies();
};

void TestSessionExpiryJudge::judges_data()
{
    using enum SessionStanding;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const Change &change, const QString &expected) {
        QTest::newRow(name) << change << expected;
    };
    const auto withJwt = [](SessionExpiryLook &look) {
        look.jwt = jwtIn(Secret("eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl"));
        look.tokenLife.reset();
    };
    row(
        "nothing wrong", [](SessionExpiryLook &) {}, u"pass"_s);
    row("no end", withJwt, u"no_expiry:high"_s);
    row(
        "a token of another form without an end",
        [](SessionExpiryLook &look) {
            look.hasToken = true;
            look.tokenLife.reset();
        },
        u"info"_s);
    row(
        "a pasted one that has ended",
        [](SessionExpiryLook &look) {
            look.tokenLife.reset();
            look.pasted = {{.account = u"a"_s, .name = u"A"_s, .since = look.at, .standing = Out}};
        },
        u"pass"_s);
    row(
        "a pasted one that is young",
        [](SessionExpiryLook &look) {
            look.tokenLife.reset();
            look.pasted = {{.account = u"a"_s, .name = u"A"_s, .since = look.at, .standing = In}};
        },
        u"info"_s);
    row(
        "a pasted one that nobody can follow",
        [](SessionExpiryLook &look) {
            look.unfollowed = {{u"a"_s, u"There is no key."_s}};
        },
        u"info"_s);
    row(
        "a day",
        [=](SessionExpiryLook &look) {
            withJwt(look);
            look.tokenLife = 86400;
        },
        u"pass"_s);
    row(
        "more than a day", [](SessionExpiryLook &look) { look.tokenLife = 86401; }, u"long_life:medium"_s);
    row(
        "cookie for 30 days",
        [](SessionExpiryLook &look) {
            look.cookies = {{u"sid"_s, 30 * 86400}};
        },
        u"pass"_s);
    row(
        "cookie for longer",
        [](SessionExpiryLook &look) {
            look.cookies = {{u"sid"_s, 30 * 86400 + 1}};
        },
        u"long_cookie:low"_s);
    row(
        "cookie until the browser is closed",
        [](SessionExpiryLook &look) {
            look.cookies = {{u"sid"_s, {}}};
        },
        u"pass"_s);
    row(
        "expired, refused",
        [](SessionExpiryLook &look) {
            look.expired = {{u"x"_s, seenAs(Out)}};
        },
        u"pass"_s);
    row(
        "expired, taken",
        [](SessionExpiryLook &look) {
            look.expired = {{u"x"_s, seenAs(Out)}, {u"y"_s, seenAs(In)}};
        },
        u"expired_accepted:high"_s);
    row(
        "expired, unclear",
        [](SessionExpiryLook &look) {
            look.expired = {{u"x"_s, seenAs(Unclear)}};
        },
        u"info"_s);
    row(
        "fixation", [](SessionExpiryLook &look) { look.fixed = seenAs(In); }, u"fixation:high"_s);
    row(
        "a new id at sign-in", [](SessionExpiryLook &look) { look.fixed = seenAs(Out); }, u"pass"_s);
    row(
        "fixation unclear", [](SessionExpiryLook &look) { look.fixed = seenAs(Unclear); }, u"info"_s);
    row(
        "same twice", [](SessionExpiryLook &look) { look.isSameTwice = true; }, u"same_session:high"_s);
    row(
        "password changed, the other lives",
        [](SessionExpiryLook &look) { look.password = PasswordChangeLook{.other = seenAs(In), .before = In}; },
        u"password_keeps_sessions:high"_s);
    row(
        "password changed, the other ends",
        [](SessionExpiryLook &look) { look.password = PasswordChangeLook{.other = seenAs(Out), .before = In}; },
        u"pass"_s);
    row(
        "password not changed",
        [](SessionExpiryLook &look) { look.password = PasswordChangeLook{.answer = answer(403), .before = In}; },
        u"info"_s);
    row(
        "the other was not in before",
        [](SessionExpiryLook &look) { look.password = PasswordChangeLook{.other = seenAs(Out), .before = Out}; },
        u"info"_s);
    const auto pasted = [](qint64 days, SessionStanding standing) {
        return [=](SessionExpiryLook &look) {
            look.pasted = {{.account = u"a"_s, .name = u"A"_s, .since = look.at.addDays(-days), .standing = standing}};
        };
    };
    row("pasted, 30 days", pasted(30, In), u"pass"_s);
    row("pasted, 31 days", pasted(31, In), u"lives_on:medium"_s);
    row("pasted, 31 days, ended", pasted(31, Out), u"pass"_s);
    const auto pastedOfAdmin = [=](qint64 days) {
        return [=](SessionExpiryLook &look) {
            pasted(days, In)(look);
            look.pasted.front().isAdmin = true;
        };
    };
    row("an administrator's, 30 days", pastedOfAdmin(30), u"pass"_s);
    row("an administrator's, 31 days", pastedOfAdmin(31), u"lives_on:high"_s);
    const auto idle = [](qint64 seconds, bool isAdmin, SessionStanding standing) {
        return [=](SessionExpiryLook &look) {
            look.pasted = {{.account = u"a"_s,
                            .name = u"A"_s,
                            .since = look.at.addDays(-20),
                            .seen = look.at.addSecs(-seconds),
                            .isAdmin = isAdmin,
                            .standing = standing}};
        };
    };
    row("idle for a week", idle(kLongestIdle, false, In), u"pass"_s);
    row("idle for longer", idle(kLongestIdle + 1, false, In), u"no_idle_end:low"_s);
    row("idle for longer, ended", idle(kLongestIdle + 1, false, Out), u"pass"_s);
    row("idle for longer, unclear", idle(kLongestIdle + 1, false, Unclear), u"pass"_s);
    row("an administrator's, idle for a day", idle(kLongestIdleOfAdmin, true, In), u"pass"_s);
    row("an administrator's, idle for longer", idle(kLongestIdleOfAdmin + 1, true, In), u"no_idle_end:medium"_s);
    row("a clock that went back", idle(-kLongestIdle, false, In), u"pass"_s);
    row(
        "idle for longer, and older than a month",
        [=](SessionExpiryLook &look) {
            idle(kLongestIdle + 1, false, In)(look);
            look.pasted.front().since = look.at.addDays(-31);
        },
        u"lives_on:medium"_s);
    row(
        "an administrator's cookie for longer",
        [](SessionExpiryLook &look) {
            look.isAdmin = true;
            look.cookies = {{u"sid"_s, 30 * 86400 + 1}};
        },
        u"long_cookie:medium"_s);
    row(
        "not let in at the end", [](SessionExpiryLook &look) { look.control = Out; }, u"not_run"_s);
    row(
        "not let in at the end, and a finding",
        [](SessionExpiryLook &look) {
            look.control = Out;
            look.fixed = seenAs(In);
        },
        u"fixation:high"_s);
}

void TestSessionExpiryJudge::judges()
{
    QFETCH(Change, change);
    QFETCH(QString, expected);
    SessionExpiryLook look = goodLook();
    change(look);
    const Judged judged = judgeSessionExpiry(look);
    QCOMPARE(said(judged), expected);
    const bool isOpen = judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Info;
    QVERIFY(!isOpen || !judged.reason.isEmpty());
}

void TestSessionExpiryJudge::saysHowLongItWasIdle_data()
{
    QTest::addColumn<int>("hours"); // since it last worked; 0: it was never met before
    QTest::addColumn<bool>("works");
    QTest::addColumn<QString>("words");
    QTest::newRow("met first") << 0 << true << QString();
    QTest::newRow("works") << 5 << true << u"still works after 5 hour"_s;
    QTest::newRow("has ended") << 5 << false << u"has ended within 5 hour"_s;
}

void TestSessionExpiryJudge::saysHowLongItWasIdle()
{
    QFETCH(int, hours);
    QFETCH(bool, works);
    QFETCH(QString, words);
    SessionExpiryLook look = goodLook();
    PastedSession pasted{.account = u"a"_s, .name = u"A"_s, .since = look.at.addDays(-1)};
    if (hours > 0)
        pasted.seen = look.at.addSecs(-3600LL * hours);
    pasted.standing = works ? SessionStanding::In : SessionStanding::Out;
    look.pasted = {pasted};
    const Judged judged = judgeSessionExpiry(look);
    QVERIFY2(words.isEmpty() ? !judged.summary.contains("hour"_L1) : judged.summary.contains(words),
             qPrintable(judged.summary));
    const QJsonObject row = judged.observed["pasted"_L1][0].toObject();
    QCOMPARE(row["idle"_L1], hours > 0 ? QJsonValue(3600 * hours) : QJsonValue());
    // The next run counts from here, where it worked.
    const auto next = pastedBefore(judged.observed, u"a"_s, {});
    QVERIFY(next && next->since == pasted.since);
    QCOMPARE(next->seen.toUTC(), (works ? look.at : pasted.seen).toUTC());
}

void TestSessionExpiryJudge::passwordBodies_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected"); // empty: no such body
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    QTest::newRow("JSON") << json << QByteArray("{\"old_password\":\"\",\"new_password\":\"\"}")
                          << QByteArray("{\"new_password\":\"NEW\",\"old_password\":\"OLD\"}");
    QTest::newRow("repeated") << json
                              << QByteArray("{\"currentPassword\":\"x\",\"password\":\"y\",\"passwordAgain\":\"y\"}")
                              << QByteArray(
                                     "{\"currentPassword\":\"OLD\",\"password\":\"NEW\",\"passwordAgain\":\"NEW\"}");
    QTest::newRow("form") << form << QByteArray("old_pwd=a&new_pwd=b&kind=1")
                          << QByteArray("old_pwd=OLD&new_pwd=NEW&kind=1");
    QTest::newRow("no old one") << json << QByteArray("{\"password\":\"x\"}") << QByteArray();
    QTest::newRow("neither") << json << QByteArray("{\"name\":\"x\"}") << QByteArray();
    QTest::newRow("nothing") << json << QByteArray() << QByteArray();
}

void TestSessionExpiryJudge::passwordBodies()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    const auto made =
        passwordBody({u"POST"_s, u"/p"_s, {}, type, body, {}}, Secret(QByteArray("OLD")), Secret(QByteArray("NEW")));
    QCOMPARE(made.value_or(QByteArray()), expected);
}

QTEST_GUILESS_MAIN(TestSessionExpiryJudge)
#include "tst_sessionexpiryjudge.moc"
