#include "checks/tls/clock.h"
#include "checks/tls/expiry.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/tls/tlslook.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using cockpit::test::closes;
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

    // One server that says another time may be what is wrong; two at different addresses are not.
    void asksWhetherItsOwnClockIsRight_data()
    {
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<QString>("second"); // another server's address, which says the same
        QTest::addColumn<int>("daysLeft");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QStringList>("codes");
        QTest::addColumn<bool>("isDoubted");
        const QByteArray right = "Mon, 01 Jun 2026 11:59:58 GMT";
        const QByteArray hour = "Mon, 01 Jun 2026 11:00:00 GMT";
        const QByteArray year = "Sun, 01 Jun 2025 12:00:00 GMT";
        const QStringList expired{u"expired critical"_s};
        const QString none;
        const QString same = u"192.0.2.1"_s;
        const QString other = u"192.0.2.2"_s;
        const auto row = [](const char *name, const QByteArray &date, const QString &second, int days, Outcome outcome,
                            const QStringList &codes, bool isDoubted) {
            QTest::newRow(name) << date << second << days << outcome << codes << isDoubted;
        };
        row("right", right, other, 0, Outcome::Fail, expired, false);
        row("one, an hour behind, expired this second", hour, none, 0, Outcome::Fail, expired, true);
        row("one, a year behind", year, none, 0, Outcome::Fail, expired, true);
        row("two at one address", year, same, 0, Outcome::Fail, expired, true);
        row("two by an address of each family", year, u"2001:db8::1"_s, 0, Outcome::Fail, expired, true);
        row("two at two addresses", year, other, 0, Outcome::NotRun, {}, true);
        row("expired by both clocks", hour, none, -300, Outcome::Fail, expired, false);
        row("expired by all clocks", hour, other, -300, Outcome::Fail, expired, false);
        row("fine by both clocks", hour, none, 80, Outcome::Pass, {}, false);
        row("fine by all clocks", hour, other, 80, Outcome::Pass, {}, false);
        row("fine by this clock alone", year, none, 80, Outcome::Info, {}, true);
        row("fine by this clock alone, against two", year, other, 80, Outcome::NotRun, {}, true);
    }
    void asksWhetherItsOwnClockIsRight()
    {
        QFETCH(QByteArray, date);
        QFETCH(QString, second);
        QFETCH(int, daysLeft);
        QFETCH(bool, isDoubted);
        TlsSession session = goodSession();
        session.chain.front().notAfter = kNow.addDays(daysLeft);
        session.chain.front().notBefore = kNow.addDays(daysLeft - 90);
        PreparedLook look;
        look.session(session);
        look.page(pageFrom(u"192.0.2.1"_s, date));
        if (!second.isEmpty())
            look.another(u"app.shop.example"_s, pageFrom(second, date));
        const Judged judged = look.at(tlsExpiry());
        QTEST(judged.outcome, "outcome");
        QTEST(codesOf(judged), "codes");
        QCOMPARE(judged.reason.contains(u"clock"_s), isDoubted);
        if (judged.outcome != Outcome::NotRun) // what the other clock may show is not gone
            QCOMPARE(closes(judged, u"not_yet_valid"_s), !isDoubted);
        for (const Finding &finding : judged.findings) {
            const bool namesBoth = std::ranges::any_of(
                finding.evidence, [](const Evidence &e) { return e.title.contains(u"Two clocks"_s); });
            QCOMPARE(namesBoth, isDoubted);
        }
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
