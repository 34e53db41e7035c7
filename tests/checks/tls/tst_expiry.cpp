#include "checks/tls/clock.h"
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

    void asksOtherClocks_data()
    {
        QTest::addColumn<QList<int>>("ahead"); // minutes, of each server
        QTest::addColumn<bool>("isWrong");
        QTest::newRow("nobody says") << QList<int>() << false;
        QTest::newRow("the same time") << QList<int>{0} << false;
        QTest::newRow("half an hour ahead") << QList<int>{30} << false;
        QTest::newRow("31 minutes ahead") << QList<int>{31} << true;
        QTest::newRow("half an hour behind") << QList<int>{-30} << false;
        QTest::newRow("31 minutes behind") << QList<int>{-31} << true;
        QTest::newRow("a year behind, all of them") << QList<int>{-525600, -525601} << true;
        QTest::newRow("one of them agrees") << QList<int>{-525600, 1} << false;
        QTest::newRow("they contradict each other") << QList<int>{-600, 600} << false;
    }
    void asksOtherClocks()
    {
        QFETCH(QList<int>, ahead);
        std::vector<QDateTime> times;
        for (const int minutes : ahead)
            times.push_back(kNow.addSecs(60LL * minutes));
        QTEST(timeElsewhere(times, kNow).has_value(), "isWrong");
    }

    void readsTimes_data()
    {
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<QByteArray>("age");
        QTest::addColumn<QString>("time");
        const QByteArray date = "Mon, 01 Jun 2026 11:00:00 GMT";
        QTest::newRow("fresh") << date << QByteArray() << u"2026-06-01T11:00:00Z"_s;
        QTest::newRow("from a cache") << date << QByteArray("3600") << u"2026-06-01T12:00:00Z"_s;
        QTest::newRow("a senseless age") << date << QByteArray("-5") << u"2026-06-01T11:00:00Z"_s;
        QTest::newRow("none") << QByteArray() << QByteArray() << QString();
        QTest::newRow("garbage") << QByteArray("yesterday") << QByteArray() << QString();
    }
    void readsTimes()
    {
        QFETCH(QByteArray, date);
        QFETCH(QByteArray, age);
        const auto time = timeSaidIn(date, age);
        QTEST(time ? time->toString(Qt::ISODate) : QString(), "time");
    }

    void judgesNothingByAWrongClock_data()
    {
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("right") << QByteArray("Mon, 01 Jun 2026 11:59:58 GMT") << Outcome::Fail;
        QTest::newRow("a year off") << QByteArray("Sun, 01 Jun 2025 12:00:00 GMT") << Outcome::NotRun;
    }
    void judgesNothingByAWrongClock()
    {
        QFETCH(QByteArray, date);
        TlsSession session = goodSession();
        session.chain.front().notAfter = kNow;
        PreparedLook look;
        look.session(session);
        look.page(pageAt(date));
        const Judged judged = look.at(tlsExpiry());
        QTEST(judged.outcome, "outcome");
        QCOMPARE(judged.reason.contains(u"clock"_s), judged.outcome == Outcome::NotRun);
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
