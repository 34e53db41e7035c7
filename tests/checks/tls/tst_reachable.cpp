#include "checks/tls/reachable.h"
#include "tests/checks/tls/tlslook.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestReachable : public QObject
{
    Q_OBJECT

private slots:
    void passesWhenTlsAnswers()
    {
        PreparedLook look;
        look.session(goodSession());
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::Pass);
        QCOMPARE(judged.observed[u"reachable"_s].toBool(), true);
        QCOMPARE(judged.observed[u"address"_s].toString(), u"192.0.2.1:443"_s);
        QCOMPARE(judged.observed[u"protocol"_s].toString(), u"TLS 1.3"_s);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<HostRole>("role");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<Proof>("proof");
        QTest::addColumn<Impact>("impact");
        using enum HostRole;
        QTest::newRow("site refused") << Site << ErrorKind::Unreachable << u"refused"_s << Severity::Critical
                                      << Proof::Strong << Impact::Downtime;
        QTest::newRow("site silent") << Site << ErrorKind::TimedOut << u"silent"_s << Severity::Critical << Proof::Lead
                                     << Impact::Downtime;
        QTest::newRow("app without TLS") << App << ErrorKind::Protocol << u"no_tls"_s << Severity::Critical
                                         << Proof::Proven << Impact::BrokenLogin;
        QTest::newRow("another host refused")
            << Other << ErrorKind::Unreachable << u"refused"_s << Severity::High << Proof::Strong << Impact::Downtime;
    }
    void saysWhatIsWrong()
    {
        QFETCH(HostRole, role);
        QFETCH(ErrorKind, kind);
        PreparedLook look({role, u"shop.example"_s, kHttpsPort});
        look.session(failure(kind, u"what was tried"_s, u"detail"_s));
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::Fail);
        QCOMPARE(judged.observed[u"reachable"_s].toBool(true), false);
        QCOMPARE(judged.findings.size(), std::size_t(1));
        QTEST(judged.findings.front().code, "code");
        QTEST(judged.findings.front().severity, "severity");
        QTEST(judged.findings.front().proof, "proof");
        QTEST(judged.findings.front().impact, "impact");
        QCOMPARE(judged.findings.front().whatWeSaw, u"what was tried"_s);
    }

    void leavesMissingNamesToDns()
    {
        PreparedLook look;
        look.addresses(failure(ErrorKind::Unreachable, u"shop.example does not exist in DNS."_s));
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::NotRun);
        QVERIFY(judged.findings.empty());
        QVERIFY(judged.reason.contains(u"dns.resolution"_s));
    }

    // A network without IPv6 tells nothing about a host that has nothing else.
    void blamesNoHostForTheOwnNetwork()
    {
        PreparedLook look;
        look.session(failure(ErrorKind::NoRoute, u"There is no way to it."_s));
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::Error);
        QVERIFY(judged.findings.empty());
        QCOMPARE(judged.reason, u"There is no way to it."_s);
    }

    void saysThatItWasStopped()
    {
        PreparedLook look;
        look.session(failure(ErrorKind::Cancelled, u"Stopped."_s));
        const Judged judged = look.at(tlsReachable());
        QCOMPARE(judged.outcome, Outcome::NotRun);
        QVERIFY(judged.findings.empty());
    }
};

QTEST_GUILESS_MAIN(TestReachable)
#include "tst_reachable.moc"
