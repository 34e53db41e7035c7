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
        row("another purpose", Unusable, HostRole::Api, Outcome::Fail, u"unusable_certificate"_s, Severity::Critical,
            Impact::Downtime);
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
        look.repair(ChainRepair{.end = RepairEnd::Repaired});
        const Judged judged = look.at(tlsChain());
        QTEST(judged.outcome, "outcome");
        QCOMPARE(judged.observed[u"chain"_s].toString(), toWord(status));
        QCOMPARE(judged.findings.size(), std::size_t(1));
        QTEST(judged.findings.front().code, "code");
        QTEST(judged.findings.front().severity, "severity");
        QTEST(judged.findings.front().impact, "impact");
        QCOMPARE(judged.findings.front().proof, status == ChainStatus::Unusable ? Proof::Strong : Proof::Proven);
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

    void saysWhatBrowsersMakeOfAMissingLink_data()
    {
        QTest::addColumn<RepairEnd>("end");
        QTest::addColumn<QString>("code");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<QString>("chain");
        QTest::addColumn<QString>("says");
        QTest::newRow("repaired") << RepairEnd::Repaired << u"incomplete_chain"_s << Severity::High << u"incomplete"_s
                                  << u"Most browsers fetch it"_s;
        QTest::newRow("no pointer") << RepairEnd::NoPointer << u"incomplete_chain"_s << Severity::High
                                    << u"incomplete"_s << u"if it is one of your own, nobody trusts"_s;
        QTest::newRow("not fetched") << RepairEnd::CouldNotFetch << u"incomplete_chain"_s << Severity::High
                                     << u"incomplete"_s << u"could not be fetched for this look"_s;
        QTest::newRow("leads nowhere") << RepairEnd::StillUntrusted << u"untrusted_root"_s << Severity::Critical
                                       << u"untrusted_root"_s << u"browsers do not trust"_s;
    }
    void saysWhatBrowsersMakeOfAMissingLink()
    {
        QFETCH(RepairEnd, end);
        QFETCH(QString, says);
        TlsSession session = goodSession();
        session.chainStatus = ChainStatus::Incomplete;
        PreparedLook look;
        look.session(session);
        look.repair(ChainRepair{.end = end});
        const Judged judged = look.at(tlsChain());
        QCOMPARE(judged.findings.size(), std::size_t(1));
        QTEST(judged.findings.front().code, "code");
        QTEST(judged.findings.front().severity, "severity");
        QTEST(judged.observed[u"chain"_s].toString(), "chain");
        QCOMPARE(judged.observed[u"repair"_s].toString(), toWord(end));
        QVERIFY2(judged.findings.front().whatWeSaw.contains(says), qPrintable(judged.findings.front().whatWeSaw));
        // A lone certificate without a pointer may be of somebody's own authority.
        QCOMPARE(judged.findings.front().proof, end == RepairEnd::NoPointer ? Proof::Strong : Proof::Proven);
    }

    void namesRehearsals_data()
    {
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<QString>("organization");
        QTest::addColumn<QString>("code");
        QTest::newRow("by its name") << u"(STAGING) Riddling Rhubarb R12"_s << QString() << u"staging_issuer"_s;
        QTest::newRow("by its organization") << u"R12"_s << u"(STAGING) Let's Encrypt"_s << u"staging_issuer"_s;
        QTest::newRow("of the old days") << u"Fake LE Intermediate X1"_s << QString() << u"staging_issuer"_s;
        QTest::newRow("another") << u"Staging and Sons"_s << QString() << u"untrusted_root"_s;
    }
    void namesRehearsals()
    {
        QFETCH(QString, issuer);
        QFETCH(QString, organization);
        TlsSession session = goodSession();
        session.chainStatus = ChainStatus::UntrustedRoot;
        session.chain.front().issuer = issuer;
        session.chain.front().issuerOrganization = organization;
        PreparedLook look;
        look.session(session);
        QTEST(look.at(tlsChain()).findings.front().code, "code");
    }

    void doesNotJudgeAnInterceptor_data()
    {
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<QString>("name"); // that the certificate is for
        QTest::addColumn<bool>("isOne");
        const QString own = u"shop.example"_s;
        QTest::newRow("a company proxy") << u"Zscaler Intermediate Root CA (zscaler.net)"_s << own << true;
        QTest::newRow("an antivirus program") << u"avast! Web/Mail Shield Root"_s << own << true;
        QTest::newRow("a developer's tool") << u"mitmproxy"_s << own << true;
        QTest::newRow("a public authority") << u"R12"_s << own << false;
        QTest::newRow("an unknown one") << u"Corporate Proxy"_s << own << false;
        QTest::newRow("a firewall with what it came with") << u"Fortinet"_s << u"FGT60F"_s << false;
    }
    void doesNotJudgeAnInterceptor()
    {
        QFETCH(QString, issuer);
        QFETCH(QString, name);
        QFETCH(bool, isOne);
        TlsSession session = goodSession(); // trusted: the computer was made to
        session.chain.front().issuer = issuer;
        session.chain.front().names = QStringList{name};
        PreparedLook look;
        look.session(session);
        const Judged judged = look.at(tlsChain());
        QCOMPARE(judged.outcome, isOne ? Outcome::NotRun : Outcome::Pass);
        QCOMPARE(judged.reason.contains(issuer), isOne);
    }

    // A root that somebody added to this computer says nothing about other people's browsers.
    void passesNoRootOfThisComputerAlone_data()
    {
        QTest::addColumn<TrustKind>("trust");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("a public one") << TrustKind::Public << Outcome::Pass;
        QTest::newRow("an added one") << TrustKind::Private << Outcome::Info;
        QTest::newRow("no list of the public ones") << TrustKind::Unknown << Outcome::Pass;
    }
    void passesNoRootOfThisComputerAlone()
    {
        QFETCH(TrustKind, trust);
        PreparedLook look;
        look.session(goodSession());
        look.trust(trust);
        const Judged judged = look.at(tlsChain());
        QTEST(judged.outcome, "outcome");
        QCOMPARE(judged.reason.contains(u"Example Issuing CA"_s), judged.outcome == Outcome::Info);
        QCOMPARE(judged.observed.contains(u"not_seen"_s), judged.outcome == Outcome::Info);
    }

    void judgesNoDatesByAWrongClock_data()
    {
        QTest::addColumn<ChainStatus>("then"); // what the chain was by the other clocks
        QTest::addColumn<bool>("isOneAlone");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<bool>("isDoubted");
        QTest::newRow("ended by all") << ChainStatus::Expired << false << Outcome::Fail << false;
        QTest::newRow("ended by this clock alone") << ChainStatus::Trusted << false << Outcome::NotRun << true;
        QTest::newRow("ended by one of two clocks") << ChainStatus::Trusted << true << Outcome::Fail << true;
    }
    void judgesNoDatesByAWrongClock()
    {
        QFETCH(ChainStatus, then);
        QFETCH(bool, isOneAlone);
        QFETCH(bool, isDoubted);
        const QByteArray week = "Mon, 25 May 2026 12:00:00 GMT";
        TlsSession session = goodSession();
        session.chainStatus = ChainStatus::Expired; // of a link above
        PreparedLook look;
        look.session(session);
        look.chainAt(kNow.addDays(-7), then);
        look.page(pageFrom(u"192.0.2.1"_s, week));
        if (!isOneAlone)
            look.another(u"app.shop.example"_s, pageFrom(u"192.0.2.2"_s, week));
        const Judged judged = look.at(tlsChain());
        QTEST(judged.outcome, "outcome");
        QVERIFY2(judged.reason.contains(u"May 2026"_s) == isDoubted, qPrintable(judged.reason));
        QCOMPARE(codesOf(judged).isEmpty(), judged.outcome == Outcome::NotRun);
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
