#include "checks/tls/revocation.h"
#include "tests/checks/tls/tlslook.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const Host kSite{HostRole::Site, u"shop.example"_s, kHttpsPort};

RevocationAnswer said(RevocationWord word)
{
    return {word, word == RevocationWord::Revoked ? kNow.addDays(-2) : QDateTime(), kNow.addSecs(-60), kNow.addDays(1)};
}

// A public certificate with a list, as most of today.
RevocationFacts withList(RevocationWord word)
{
    RevocationFacts facts{.leaf = goodLeaf()};
    facts.fields.crlUrls = {u"http://crl.example/1.crl"_s};
    facts.fetched = said(word);
    facts.isFromList = true;
    return facts;
}

Certificate living(const QDateTime &from, qint64 seconds)
{
    Certificate leaf = goodLeaf();
    leaf.notBefore = from;
    leaf.notAfter = from.addSecs(seconds);
    return leaf;
}

} // namespace

Q_DECLARE_METATYPE(cockpit::RevocationFacts)

class TestRevocation : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<RevocationFacts>("facts");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QStringList>("codes");
        QTest::addColumn<QString>("source");
        const auto row = [](const char *name, const RevocationFacts &facts, Outcome outcome,
                            const QStringList &codes = {}, const QString &source = u"none"_s) {
            QTest::newRow(name) << facts << outcome << codes << source;
        };
        using enum RevocationWord;
        row("not on the list", withList(Good), Outcome::Pass, {}, u"crl"_s);
        row("on the list", withList(Revoked), Outcome::Fail, {u"revoked critical"_s}, u"crl"_s);
        RevocationFacts ocsp = withList(Good);
        ocsp.isFromList = false;
        row("asked by OCSP", ocsp, Outcome::Pass, {}, u"ocsp"_s);
        ocsp.fetched = said(Unknown);
        row("unknown there", ocsp, Outcome::NotRun, {}, u"ocsp"_s);
        RevocationFacts stapled = withList(Good);
        stapled.staple = said(Good);
        row("stapled", stapled, Outcome::Pass, {}, u"staple"_s);
        stapled.staple = said(Revoked);
        row("stapled: revoked", stapled, Outcome::Fail, {u"revoked critical"_s}, u"staple"_s);
        stapled.staple = failure(ErrorKind::Protocol, u"It is out of date."_s);
        row("a useless staple", stapled, Outcome::Warn, {u"bad_staple medium"_s}, u"crl"_s);
        stapled.hasIssuer = false;
        row("a staple that cannot be verified", stapled, Outcome::Pass, {}, u"crl"_s);
        RevocationFacts must = withList(Good);
        must.fields.needsStaple = true;
        row("must staple, and none comes", must, Outcome::Fail, {u"must_staple_without_staple critical"_s}, u"crl"_s);
        must.staplingUnknown = Error{ErrorKind::TimedOut, u"silent"_s};
        row("must staple, and it could not be asked", must, Outcome::Error, {}, u"crl"_s);
        must.fields.needsStaple = false;
        row("staples or not, and it could not be asked", must, Outcome::Info, {}, u"crl"_s);
        must.fetched = said(Revoked);
        row("revoked, and it could not be asked", must, Outcome::Fail, {u"revoked critical"_s}, u"crl"_s);
        must = withList(Good);
        must.fields.needsStaple = true;
        must.staple = said(Good);
        row("must staple, and it comes", must, Outcome::Pass, {}, u"staple"_s);
        must.staple = failure(ErrorKind::Protocol, u"It is out of date."_s);
        row("must staple, and a useless one comes", must, Outcome::Fail, {u"bad_staple critical"_s}, u"crl"_s);
        RevocationFacts failed = withList(Good);
        failed.fetched = failure(ErrorKind::TimedOut, u"crl.example did not answer."_s);
        row("the list does not come", failed, Outcome::NotRun);
        failed.fetched = failure(ErrorKind::Cancelled, u"Stopped."_s);
        row("stopped", failed, Outcome::NotRun);
        RevocationFacts incomplete = withList(Good);
        incomplete.fetched.reset();
        incomplete.hasIssuer = false;
        row("the issuer is not sent", incomplete, Outcome::NotRun);
        RevocationFacts none{.leaf = goodLeaf()};
        row("no pointer at all", none, Outcome::Warn, {u"no_pointer low"_s});
        none.trust = TrustKind::Private;
        row("of one's own authority", none, Outcome::NotApplicable);
        none.trust = TrustKind::Unknown;
        none.hasIssuer = false;
        row("of nobody knows whom", none, Outcome::NotRun);
        RevocationFacts expired = withList(Good);
        expired.leaf = living(kNow.addDays(-90), 90LL * 86400);
        expired.fetched.reset();
        row("expired", expired, Outcome::NotRun);
        row("short-lived", {.leaf = living(kNow.addDays(-1), 6LL * 86400)}, Outcome::Pass);
    }
    void judges()
    {
        QFETCH(RevocationFacts, facts);
        QFETCH(Outcome, outcome);
        const Judged judged = judgeRevocation(kSite, facts, kNow);
        QCOMPARE(judged.outcome, outcome);
        QTEST(codesOf(judged), "codes");
        QTEST(judged.observed[u"source"_s].toString(), "source");
        const bool isJudged = outcome == Outcome::Pass || outcome == Outcome::Warn || outcome == Outcome::Fail;
        QCOMPARE(judged.reason.isEmpty(), isJudged && !facts.staplingUnknown);
        QVERIFY(!isJudged || !judged.summary.isEmpty());
        const bool isPartial = facts.staplingUnknown && outcome != Outcome::Error;
        QCOMPARE(judged.observed.contains(u"not_seen"_s), isPartial);
    }

    void asksTheServerThatShowedTheCertificate_data()
    {
        QTest::addColumn<QString>("shown"); // fingerprint at the second look
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("the same certificate") << u"aa"_s << true;
        QTest::newRow("another, as in a roll-out") << u"bb"_s << false;
    }
    void asksTheServerThatShowedTheCertificate()
    {
        QFETCH(QString, shown);
        TlsSession session = goodSession();
        session.peer = {u"192.0.2.2"_s, 443}; // the second of two addresses
        session.chain.front().fingerprint = u"aa"_s;
        PreparedLook prepared;
        TlsSession again = session;
        again.chain.front().fingerprint = shown;
        prepared.endpoint(u"192.0.2.2"_s, EndpointSession{again, "staple"});
        const auto status = statusOf(session, prepared.look());
        QTEST(status.has_value(), "isTaken");
        QCOMPARE(status ? status->staple : QByteArray("staple"), QByteArray("staple"));
        if (!status)
            QVERIFY(status.error().message.contains(u"two certificates in turn"_s));
    }

    void knowsShortLives_data()
    {
        QTest::addColumn<QDate>("issued");
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<bool>("isShort");
        constexpr qint64 day = 86400;
        // The last second counts: from midnight to 23:59:59 is a whole day.
        QTest::newRow("ten days, before the change") << QDate(2026, 3, 14) << 10 * day - 1 << true;
        QTest::newRow("ten days and a second, before") << QDate(2026, 3, 14) << 10 * day << false;
        QTest::newRow("seven days, after the change") << QDate(2026, 3, 15) << 7 * day - 1 << true;
        QTest::newRow("seven days and a second, after") << QDate(2026, 3, 15) << 7 * day << false;
    }
    void knowsShortLives()
    {
        QFETCH(QDate, issued);
        QFETCH(qint64, seconds);
        QTEST(isShortLived(living(QDateTime(issued, QTime(0, 0), Qt::UTC), seconds)), "isShort");
    }
};

QTEST_GUILESS_MAIN(TestRevocation)
#include "tst_revocation.moc"
