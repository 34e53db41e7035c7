#include "checks/access/subdomainbypass.h"
#include "models/testcells.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/access/liarrows.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

class SubdomainBypassTest : public QObject
{
    Q_OBJECT

private slots:
    void needsASecondHost();
    void passesTheCleanShop();
    void findsTheOpenHost();
    void asksNoHostThatNobodyAllowed();
    void saysThatThePermissionIsForOneHost();
    void staysWithinItsBudget();
    void stopsWithinASecond();
    void asksNothingWithoutLeave();
    void believesNoLiar_data();
    void believesNoLiar();
};

void SubdomainBypassTest::needsASecondHost()
{
    ShopRun run;
    run.target.hosts.resize(1);
    const Judged judged = run.run(subdomainBypassCheck());
    QCOMPARE(judged.outcome, Outcome::NotApplicable);
    QCOMPARE(run.gate->sent(), 0);
}

void SubdomainBypassTest::passesTheCleanShop()
{
    ShopRun run;
    QVERIFY2(run.shop.isReady(), qPrintable(run.shop.problem()));
    const Judged judged = run.run(subdomainBypassCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(toldBy(judged)));
    QCOMPARE(judged.observed.value("hosts"_L1).toArray().size(), 3);
    const auto lines = run.shop.shop().journal().lines();
    QVERIFY(std::ranges::any_of(lines, [&](const JournalLine &line) {
        return line.host == run.shop.shop().betaHost() && line.target == "/api/admin/users";
    }));
}

void SubdomainBypassTest::findsTheOpenHost()
{
    ShopRun run({ShopFault::SubdomainOpen});
    const Judged judged = run.run(subdomainBypassCheck());
    QCOMPARE(codesOf(judged), QStringList{u"other_host"_s});
    QCOMPARE(judged.findings.size(), 1U);
    const Finding &found = judged.findings.front();
    QCOMPARE(found.host, QString::fromLatin1(run.shop.shop().betaHost()));
    QCOMPARE(found.severity, Severity::Critical);
    QVERIFY2(found.proof == Proof::Proven, qPrintable(toldBy(judged)));
    QVERIFY(found.evidence.front().body.contains(u"curl"_s));
}

void SubdomainBypassTest::asksNoHostThatNobodyAllowed()
{
    ShopRun run({ShopFault::SubdomainOpen});
    const QString beta = QString::fromLatin1(run.shop.shop().betaHost());
    std::erase_if(run.target.hosts, [&](const Host &host) { return host.name == beta; });
    run.allow(400); // without it
    run.target.hosts.push_back({HostRole::Other, beta, kHttpsPort});
    const Judged judged = run.run(subdomainBypassCheck());
    QVERIFY(judged.findings.empty());
    const auto lines = run.shop.shop().journal().lines();
    QVERIFY(std::ranges::none_of(lines, [&](const JournalLine &line) { return line.host == beta.toLatin1(); }));
}

// What was found on the others is no less open for it.
void SubdomainBypassTest::saysThatThePermissionIsForOneHost()
{
    ShopRun run({ShopFault::SubdomainOpen});
    const std::vector<Host> hosts = run.target.hosts;
    run.target.hosts.resize(1);
    run.allow(400);
    run.target.hosts = hosts;
    const Judged judged = run.run(subdomainBypassCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY2(judged.reason.contains(u"permission"_s), qPrintable(judged.reason));
    run.target.hosts.resize(1);
    QCOMPARE(run.run(subdomainBypassCheck()).outcome, Outcome::NotApplicable);
}

void SubdomainBypassTest::staysWithinItsBudget()
{
    ShopRun run({ShopFault::SubdomainOpen}, 160);
    const Judged judged = run.run(subdomainBypassCheck());
    QVERIFY(run.gate->sentBy(u"access.subdomain-bypass"_s) <= 40);
    QCOMPARE(codesOf(judged), QStringList{u"other_host"_s});
}

void SubdomainBypassTest::stopsWithinASecond()
{
    ShopRun run;
    run.allow(400, 10);
    QElapsedTimer sinceStop;
    std::jthread stopper([&] {
        while (run.shop.shop().journal().count() < 8)
            std::this_thread::yield();
        sinceStop.start();
        run.token.cancel();
    });
    const Judged judged = run.run(subdomainBypassCheck());
    const qint64 waited = sinceStop.elapsed();
    QVERIFY2(waited < 1000, qPrintable(QString::number(waited)));
    QCOMPARE(judged.outcome, Outcome::NotRun);
}

void SubdomainBypassTest::asksNothingWithoutLeave()
{
    ShopRun run;
    run.forbid();
    const Judged judged = run.run(subdomainBypassCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(run.shop.shop().journal().count(), 0);
}

void SubdomainBypassTest::believesNoLiar_data()
{
    addLiarRows();
}

void SubdomainBypassTest::believesNoLiar()
{
    QFETCH(Liar, liar);
    ShopRun run;
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s});
    run.lie(liar);
    const Judged judged = run.run(subdomainBypassCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(toldBy(judged)));
    QVERIFY(!judged.reason.isEmpty());
}

QTEST_GUILESS_MAIN(SubdomainBypassTest)
#include "tst_subdomainbypass.moc"
