#include "checks/tls/expiry.h"
#include "tests/checks/tls/tlslook.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestExpiry : public QObject
{
    Q_OBJECT

private slots:
    // The limits themselves are tested with renewalHealth(): here, what is made of them.
    void saysHowBadItIs_data()
    {
        QTest::addColumn<HostRole>("role");
        QTest::addColumn<int>("daysLeft"); // of 90
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("code");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<Impact>("impact");
        using enum HostRole;
        QTest::newRow("site, late") << Site << 20 << Outcome::Warn << u"renewal_late"_s << Severity::Medium
                                    << Impact::Downtime;
        QTest::newRow("app, overdue") << App << 10 << Outcome::Fail << u"renewal_overdue"_s << Severity::High
                                      << Impact::BrokenLogin;
        QTest::newRow("site, last hours")
            << Site << 1 << Outcome::Fail << u"last_hours"_s << Severity::Critical << Impact::Downtime;
        QTest::newRow("site, expired") << Site << -1 << Outcome::Fail << u"expired"_s << Severity::Critical
                                       << Impact::Downtime;
        QTest::newRow("login, expired") << Auth << -1 << Outcome::Fail << u"expired"_s << Severity::Critical
                                        << Impact::BrokenLogin;
        QTest::newRow("another host, expired")
            << Other << -1 << Outcome::Fail << u"expired"_s << Severity::High << Impact::Downtime;
        QTest::newRow("not valid yet") << Site << 91 << Outcome::Fail << u"not_yet_valid"_s << Severity::Critical
                                       << Impact::Downtime;
    }
    void saysHowBadItIs()
    {
        QFETCH(HostRole, role);
        QFETCH(int, daysLeft);
        TlsSession session = goodSession();
        session.chain.front().notAfter = kNow.addDays(daysLeft);
        session.chain.front().notBefore = kNow.addDays(daysLeft - 90);
        PreparedLook look({role, u"shop.example"_s, kHttpsPort});
        look.session(session);
        const Judged judged = look.at(tlsExpiry());
        QTEST(judged.outcome, "outcome");
        QCOMPARE(judged.observed[u"days_left"_s].toInt(), daysLeft);
        QCOMPARE(judged.observed[u"life_days"_s].toInt(), 90);
        QCOMPARE(judged.findings.size(), std::size_t(1));
        QTEST(judged.findings.front().code, "code");
        QTEST(judged.findings.front().severity, "severity");
        QTEST(judged.findings.front().impact, "impact");
        QCOMPARE(judged.findings.front().proof, Proof::Proven);
        QVERIFY(!judged.findings.front().evidence.empty());
    }

    void passesWithEnoughLeft()
    {
        const Judged judged = judgeExpiry({HostRole::Site, u"shop.example"_s, kHttpsPort}, goodLeaf(), kNow);
        QCOMPARE(judged.outcome, Outcome::Pass);
        QVERIFY(judged.findings.empty());
        QCOMPARE(judged.observed[u"days_left"_s].toInt(), 80);
    }

    void roundsDaysDown()
    {
        Certificate leaf = goodLeaf();
        leaf.notAfter = kNow.addSecs(-1);
        const Judged judged = judgeExpiry({HostRole::Site, u"shop.example"_s, kHttpsPort}, leaf, kNow);
        QCOMPARE(judged.observed[u"days_left"_s].toInt(), -1);
    }
};

QTEST_GUILESS_MAIN(TestExpiry)
#include "tst_expiry.moc"
