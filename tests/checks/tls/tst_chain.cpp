#include "checks/tls/chain.h"
#include "tests/checks/tls/tlslook.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestChain : public QObject
{
    Q_OBJECT

private slots:
    void judgesTheChain_data()
    {
        QTest::addColumn<ChainStatus>("status");
        QTest::addColumn<HostRole>("role");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("code");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<Impact>("impact");
        using enum ChainStatus;
        const auto row = [](const char *name, ChainStatus status, HostRole role, Outcome outcome, const QString &code,
                            Severity severity, Impact impact) {
            QTest::newRow(name) << status << role << outcome << code << severity << impact;
        };
        row("self-signed site", SelfSigned, HostRole::Site, Outcome::Fail, u"self_signed"_s, Severity::Critical,
            Impact::Downtime);
        row("self-signed login", SelfSigned, HostRole::Auth, Outcome::Fail, u"self_signed"_s, Severity::Critical,
            Impact::BrokenLogin);
        row("self-signed elsewhere", SelfSigned, HostRole::Other, Outcome::Fail, u"self_signed"_s, Severity::High,
            Impact::Downtime);
        row("unknown root", UntrustedRoot, HostRole::App, Outcome::Fail, u"untrusted_root"_s, Severity::Critical,
            Impact::BrokenLogin);
        row("incomplete", Incomplete, HostRole::Site, Outcome::Fail, u"incomplete_chain"_s, Severity::High,
            Impact::Downtime);
        row("wrong order", WrongOrder, HostRole::Site, Outcome::Warn, u"wrong_order"_s, Severity::Medium,
            Impact::Downtime);
        row("a link is expired", Expired, HostRole::Api, Outcome::Fail, u"expired_link"_s, Severity::Critical,
            Impact::Downtime);
        row("a link is not valid yet", NotYetValid, HostRole::Api, Outcome::Fail, u"expired_link"_s, Severity::Critical,
            Impact::Downtime);
        row("revoked", Revoked, HostRole::Site, Outcome::Fail, u"revoked"_s, Severity::Critical, Impact::Downtime);
    }
    void judgesTheChain()
    {
        QFETCH(ChainStatus, status);
        QFETCH(HostRole, role);
        TlsSession session = goodSession();
        session.chainStatus = status;
        PreparedLook look({role, u"shop.example"_s, kHttpsPort});
        look.session(session);
        const Judged judged = look.at(tlsChain());
        QTEST(judged.outcome, "outcome");
        QCOMPARE(judged.observed[u"chain"_s].toString(), toWord(status));
        QCOMPARE(judged.findings.size(), std::size_t(1));
        QTEST(judged.findings.front().code, "code");
        QTEST(judged.findings.front().severity, "severity");
        QTEST(judged.findings.front().impact, "impact");
        QCOMPARE(judged.findings.front().proof, Proof::Proven);
    }

    void passesWhenTrusted()
    {
        PreparedLook look;
        look.session(goodSession());
        const Judged judged = look.at(tlsChain());
        QCOMPARE(judged.outcome, Outcome::Pass);
        QVERIFY(judged.findings.empty());
        const QJsonObject certificate = judged.observed[u"certificate"_s].toObject();
        QCOMPARE(certificate[u"subject"_s].toString(), u"shop.example"_s);
        QCOMPARE(certificate[u"not_after"_s].toString(), u"2026-08-20T12:00:00Z"_s);
        QCOMPARE(certificate[u"key_bits"_s].toInt(), 256);
        QCOMPARE(judged.observed[u"chain"_s].toString(), u"trusted"_s);
    }

    void leavesTheLeafsDatesToExpiry_data()
    {
        QTest::addColumn<ChainStatus>("status");
        QTest::addColumn<QDateTime>("notBefore");
        QTest::addColumn<QDateTime>("notAfter");
        QTest::newRow("expired") << ChainStatus::Expired << kNow.addDays(-90) << kNow;
        QTest::newRow("not yet valid") << ChainStatus::NotYetValid << kNow.addSecs(1) << kNow.addDays(90);
    }
    void leavesTheLeafsDatesToExpiry()
    {
        QFETCH(QDateTime, notBefore);
        QFETCH(QDateTime, notAfter);
        QFETCH(ChainStatus, status);
        TlsSession session = goodSession();
        session.chainStatus = status;
        session.chain.front().notBefore = notBefore;
        session.chain.front().notAfter = notAfter;
        PreparedLook look;
        look.session(session);
        const Judged judged = look.at(tlsChain());
        QCOMPARE(judged.outcome, Outcome::Fail);
        QVERIFY(judged.findings.empty());
        QVERIFY(judged.summary.contains(u"tls.expiry"_s));
    }

    void warnsOfInterception()
    {
        TlsSession session = goodSession();
        session.chainStatus = ChainStatus::UntrustedRoot;
        session.chain.front().issuer = u"Corporate Proxy"_s;
        PreparedLook look;
        look.session(session);
        const Judged judged = look.at(tlsChain());
        QVERIFY(judged.findings.front().evidence.front().body.contains(u"Corporate Proxy"_s));
    }

    void couldNotLookWithoutASession()
    {
        PreparedLook look;
        look.session(failure(ErrorKind::TimedOut, u"silent"_s));
        const Judged judged = look.at(tlsChain());
        QCOMPARE(judged.outcome, Outcome::Error);
        QCOMPARE(judged.reason, u"silent"_s);
    }
};

QTEST_GUILESS_MAIN(TestChain)
#include "tst_chain.moc"
