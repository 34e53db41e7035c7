#include "checks/mail/arcchain.h"
#include "tests/lab/dkimsigner.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kPlain = "From: Anna <anna@example.com>\r\nSubject: Invoice 7\r\n\r\nPlease pay.\r\n";
const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1795862400, Qt::UTC);

// Two servers that pass mail on, and their keys.
struct Way
{
    DkimSigner list{"lists.example", "a"};
    DkimSigner forwarder{"forward.example", "b"};

    QByteArray once(const QByteArray &cv = "none") const { return list.passOn(kPlain, 1, "dmarc=pass", cv); }
    QByteArray twice(const QByteArray &cv = "pass") const { return forwarder.passOn(once(), 2, "arc=pass", cv); }

    ArcVerification verify(const QByteArray &bytes, const QHash<QString, SignatureKey> &changes = {}) const
    {
        const Message message = parseMessage(bytes).value();
        QHash<QString, SignatureKey> keys;
        for (const DkimSigner *signer : {&list, &forwarder}) {
            const QString record = signer->record();
            keys.insert(record.section(u". "_s, 0, 0),
                        {SignatureKeyState::Found, readDkimKey(record.section(u'"', 1, 1).toLatin1())});
        }
        keys.insert(changes);
        return verifyArc(
            message, readArcChain(message), [&](const QString &name) { return keys.value(name); }, kNow);
    }
};

QByteArray changed(QByteArray message, const QByteArray &before, const QByteArray &after)
{
    const qsizetype at = message.indexOf(before);
    Q_ASSERT(at >= 0);
    return message.replace(at, before.size(), after);
}

// Without the first line that begins so.
QByteArray without(const QByteArray &message, const QByteArray &start)
{
    const qsizetype at = message.indexOf(start);
    return QByteArray(message).remove(at, message.indexOf("\r\n", at) + 2 - at);
}

} // namespace

class TestArcChain : public QObject
{
    Q_OBJECT

private slots:
    void verifiesChains_data();
    void verifiesChains();
    void tellsWhoPassedItOn();
    void needsTheKeys_data();
    void needsTheKeys();
    void allowsFiftySets_data();
    void allowsFiftySets();
    void namesTheKeysItNeeds();
    void readsNoEndlessTags_data();
    void readsNoEndlessTags();
    void stopsBetweenSeals();

private:
    const Way m_way{}; // its keys serve all rows
};

void TestArcChain::verifiesChains_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<ArcVerdict>("verdict");
    QTest::addColumn<QString>("reason"); // a part of it
    const Way &way = m_way;
    const auto row = [](const char *name, const QByteArray &message, ArcVerdict verdict, const QString &reason = {}) {
        QTest::newRow(name) << message << verdict << reason;
    };
    using enum ArcVerdict;
    const QByteArray once = way.once();
    const QByteArray twice = way.twice();
    row("no chain", kPlain, None);
    row("one set", once, Pass);
    row("two sets", twice, Pass);
    row("two sets, newest last in the header",
        without(twice, "ARC-Seal: i=2")
            .insert(twice.indexOf("From:") - (twice.indexOf("\r\n") + 2), twice.left(twice.indexOf("\r\n") + 2)),
        Pass);
    row("names in capitals", changed(once, "ARC-Seal:", "ARC-SEAL:"), Pass);
    row("refolded", changed(once, "cv=none; a=", "cv=none;\r\n\ta="), Pass);
    row("one more Received on top", "Received: from a by b; now\r\n" + twice, Pass);

    row("body changed", twice + "--\r\nfooter\r\n", Fail, u"body"_s);
    row("body changed by the second server, who signs it as it is now",
        way.forwarder.passOn(once + "--\r\nfooter\r\n", 2, "arc=pass", "pass"), Pass);
    row("subject changed", changed(twice, "Invoice 7", "Invoice 8"), Fail, u"header"_s);
    row("subject changed by the second server",
        way.forwarder.passOn(changed(once, "Invoice 7", "[list] Invoice 7"), 2, "arc=pass", "pass"), Pass);
    row("results changed", changed(once, "dmarc=pass", "dmarc=fail"), Fail, u"Seal 1"_s);
    row("first results changed of two sets", changed(twice, "dmarc=pass", "dmarc=fail"), Fail, u"Seal 2"_s);
    row("first signature of the message changed", changed(twice, "; s=a; h=from:subject", "; s=a; h=subject:from"),
        Fail, u"Seal 2"_s);

    row("last set says that the chain had failed", way.twice("fail"), Fail, u"cv=fail"_s);
    row("first set says pass", way.once("pass"), Fail, u"cv=none"_s);
    row("second set says none", way.twice("none"), Fail, u"cv=pass"_s);
    row("a status nobody knows", way.once("maybe"), Fail, u"cv=none"_s);
    row("no status", changed(once, "cv=none; ", ""), Fail, u"cv=none"_s);
    row("status in capitals", way.once("NONE"), Pass);

    row("no seal", without(once, "ARC-Seal"), Fail, u"not complete"_s);
    row("no signature of the message", without(once, "ARC-Message-Signature"), Fail, u"not complete"_s);
    row("no results", without(once, "ARC-Authentication-Results"), Fail, u"not complete"_s);
    row("a seal twice", once.left(once.indexOf("\r\n") + 2) + once, Fail, u"twice"_s);
    row("begins with 2", way.list.passOn(kPlain, 2, "dmarc=pass", "pass"), Fail, u"Set 1"_s);
    row("1 and 3", way.forwarder.passOn(once, 3, "arc=pass", "pass"), Fail, u"Set 2"_s);
    row("number 0", way.list.passOn(kPlain, 0, "dmarc=pass", "none"), Fail, u"number"_s);
    row("number that is none", changed(once, "ARC-Seal: i=1", "ARC-Seal: i=x"), Fail, u"number"_s);
    row("results without a number", changed(once, "Results: i=1; ", "Results: "), Fail, u"number"_s);
    row("results with the number at the end",
        changed(once, "Results: i=1; lists.example", "Results: lists.example; i=1"), Fail, u"number"_s);

    row("seal names header fields", changed(once, "cv=none; ", "cv=none; h=from; "), Fail, u"h="_s);
    row("seal without a domain", changed(once, "d=lists.example; s=a; b=", "s=a; b="), Fail, u"d="_s);
    row("signature covers the seal", changed(once, "h=from:subject", "h=from:arc-seal"), Fail, u"seal"_s);
    row("signature does not cover From", changed(once, "h=from:subject", "h=subject"), Fail, u"From"_s);
    row("signature has ended", way.list.passOn(kPlain, 1, "dmarc=pass", "none", "x=1795862399; "), Fail, u"expired"_s);
    row("signature has not ended", way.list.passOn(kPlain, 1, "dmarc=pass", "none", "x=1795862401; "), Pass);
    row("signature needs no version", way.list.passOn(kPlain, 1, "dmarc=pass", "none", "q=dns/txt; "), Pass);
    row("header alone", once.left(once.indexOf("\r\n\r\n") + 2), Unknown, u"not there"_s);
    row("header alone, seal damaged", changed(once.left(once.indexOf("\r\n\r\n") + 2), "dmarc=pass", "dmarc=fail"),
        Fail, u"Seal 1"_s);
}

void TestArcChain::verifiesChains()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, reason);
    const ArcVerification verified = m_way.verify(message);
    QVERIFY2(verified.reason.contains(reason), qPrintable(verified.reason));
    QTEST(verified.verdict, "verdict");
    QCOMPARE(verified.reason.isEmpty(), verified.verdict == ArcVerdict::Pass || verified.verdict == ArcVerdict::None);
}

void TestArcChain::tellsWhoPassedItOn()
{
    QCOMPARE(m_way.verify(m_way.twice()).hosts, (QStringList{u"lists.example"_s, u"forward.example"_s}));
    QCOMPARE(m_way.verify(kPlain).hosts, QStringList());
}

void TestArcChain::needsTheKeys_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<SignatureKeyState>("state");
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<ArcVerdict>("verdict");
    using enum SignatureKeyState;
    const QString first = u"a._domainkey.lists.example"_s;
    const QString last = u"b._domainkey.forward.example"_s;
    QTest::newRow("no key of the first") << first << Missing << QByteArray() << ArcVerdict::Fail;
    QTest::newRow("no key of the last") << last << Missing << QByteArray() << ArcVerdict::Fail;
    QTest::newRow("servers of the first fail") << first << DnsFailure << QByteArray() << ArcVerdict::Unknown;
    QTest::newRow("servers of the last fail") << last << DnsFailure << QByteArray() << ArcVerdict::Unknown;
    QTest::newRow("key of the first revoked")
        << first << Found << QByteArray("v=DKIM1; k=ed25519; p=") << ArcVerdict::Fail;
    QTest::newRow("another key of the last")
        << last << Found << "v=DKIM1; k=ed25519; p=" + QByteArray(32, 'k').toBase64() << ArcVerdict::Fail;
}

void TestArcChain::needsTheKeys()
{
    QFETCH(QString, name);
    QFETCH(SignatureKeyState, state);
    QFETCH(QByteArray, record);
    const ArcVerification verified = m_way.verify(m_way.twice(), {{name, {state, readDkimKey(record)}}});
    QTEST(verified.verdict, "verdict");
    QVERIFY(!verified.reason.isEmpty());
}

// Section 4.2.1.
void TestArcChain::allowsFiftySets_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<ArcVerdict>("verdict");
    QTest::newRow("fifty") << 50 << ArcVerdict::Pass;
    QTest::newRow("fifty-one") << 51 << ArcVerdict::Fail;
}

void TestArcChain::allowsFiftySets()
{
    QFETCH(int, count);
    QByteArray message = m_way.once();
    for (int i = 2; i <= count; ++i)
        message = m_way.list.passOn(message, i, "arc=pass", "pass");
    QTEST(m_way.verify(message).verdict, "verdict");
}

void TestArcChain::namesTheKeysItNeeds()
{
    const Message message = parseMessage(m_way.twice()).value();
    QStringList names;
    for (const DkimSignature &signature : signaturesToProve(readArcChain(message)))
        names << signature.keyName();
    QCOMPARE(names, (QStringList{u"b._domainkey.forward.example"_s, u"a._domainkey.lists.example"_s,
                                 u"b._domainkey.forward.example"_s}));
    const Message plain = parseMessage(kPlain).value();
    QVERIFY(signaturesToProve(readArcChain(plain)).empty());
}

// A field of a megabyte, which a header can hold: comparing each tag with each took minutes.
void TestArcChain::readsNoEndlessTags_data()
{
    QTest::addColumn<QByteArray>("tags");
    QTest::addColumn<bool>("isRead");
    const auto many = [](int count) {
        QByteArray tags;
        for (int i = 0; i < count; ++i)
            tags += "t" + QByteArray::number(i) + "=;";
        return tags;
    };
    QTest::newRow("as many as allowed") << many(static_cast<int>(kMostTags)) << true;
    QTest::newRow("one more") << many(static_cast<int>(kMostTags) + 1) << false;
    QTest::newRow("as long as allowed") << "a=" + QByteArray(kLongestTagList - 2, 'x') << true;
    QTest::newRow("one longer") << "a=" + QByteArray(kLongestTagList - 1, 'x') << false;
    QTest::newRow("a megabyte") << many(120000) << false;
}

void TestArcChain::readsNoEndlessTags()
{
    QFETCH(QByteArray, tags);
    QFETCH(bool, isRead);
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(parseTagList(tags, TagNames::ExactCase).has_value(), isRead);
    QCOMPARE(parseLooseTagList(tags).has_value(), isRead);
    for (const char *field : {"ARC-Seal", "ARC-Message-Signature"}) {
        const QByteArray bytes = field + QByteArray(": i=1; ") + tags + "\r\n" + kPlain;
        if (const auto message = parseMessage(bytes); message && bytes.size() > kLongestTagList)
            QVERIFY(!readArcChain(*message).problem.isEmpty());
    }
    QVERIFY2(clock.elapsed() < 3000, qPrintable(u"%1 ms"_s.arg(clock.elapsed())));
}

void TestArcChain::stopsBetweenSeals()
{
    QByteArray bytes = m_way.once();
    for (int i = 2; i <= 20; ++i)
        bytes = m_way.list.passOn(bytes, i, "arc=pass", "pass");
    const Message message = parseMessage(bytes).value();
    const CancelToken token;
    int asked = 0;
    const auto keys = [&](const QString &) {
        if (++asked == 3)
            token.cancel();
        return SignatureKey{};
    };
    const ArcVerification verified = verifyArc(message, readArcChain(message), keys, kNow, token);
    QCOMPARE(verified.verdict, ArcVerdict::Unknown);
    QCOMPARE(asked, 3);
}

QTEST_GUILESS_MAIN(TestArcChain)
#include "tst_arcchain.moc"
