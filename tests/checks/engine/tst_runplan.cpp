// Runner: which look begins when, and that each is told once.
#include "checks/engine/looksofrun.h"
#include "tests/checks/engine/runbench.h"

#include <QMutex>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <latch>
#include <stdexcept>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// What may begin beside this look has every chance to.
void letOthersBegin()
{
    for (int i = 0; i < 5000; ++i)
        QThread::yieldCurrentThread();
}

} // namespace

class TestRunPlan : public QObject
{
    Q_OBJECT

private slots:
    void resultsComeInThePlansOrder()
    {
        std::vector<Check> checks;
        for (const QString &id : {u"tls.chain"_s, u"mail.mx"_s, u"dns.resolution"_s})
            checks.push_back(fakeCheck(id, Scope::Target, passes));
        Bench bench(checks);
        const Run run = bench.finish();
        QStringList ids;
        for (const CheckResult &r : run.results)
            ids.append(r.checkId);
        QCOMPARE(ids, QStringList({u"dns.resolution"_s, u"mail.mx"_s, u"tls.chain"_s}));
        QVERIFY(!run.stopped);
        QVERIFY(run.finished >= run.started);
    }

    // Others that sign in are not to be disturbed, and what is measured is not to be falsified.
    void whatGetsUsLimitedLooksLastAndAlone()
    {
        std::atomic_int looking = 0;
        std::atomic_int ended = 0;
        std::atomic_bool wasDisturbed = false;
        const auto counted = [&](bool isLast) {
            wasDisturbed = wasDisturbed || (isLast && (looking > 0 || ended < 3));
            ++looking;
            letOthersBegin();
            --looking;
            ++ended;
            return Judged();
        };
        std::vector<Check> checks;
        for (const QString &id : {u"mail.mx"_s, u"mail.spf"_s, u"tls.chain"_s})
            checks.push_back(fakeCheck(id, Scope::Target, [&](const Look &) { return counted(false); }));
        for (const QString &id : {u"dns.resolution"_s, u"mail.dkim"_s}) {
            checks.push_back(fakeCheck(id, Scope::Target, [&](const Look &) { return counted(true); }));
            checks.back().turn = LookTurn::AloneLast;
        }
        Bench bench(checks);
        const Run run = bench.finish();
        QCOMPARE(outcomes(run), u"dns.resolution pass; mail.mx pass; mail.spf pass; mail.dkim pass; tls.chain pass"_s);
        QVERIFY(!wasDisturbed);
    }

    // What a check changes for a moment is told of nobody else: those that look beside others are done by then, and
    // what gets us limited has not begun.
    void whatWouldBeToldOfOthersLooksAlone()
    {
        QMutex mutex;
        QStringList seen;
        std::latch bothLook(2); // opens only if they look side by side
        const auto looks = [&](const QString &id, bool isBesideOthers) {
            return fakeCheck(id, Scope::Target, [&mutex, &seen, &bothLook, id, isBesideOthers](const Look &) {
                const auto note = [&](const QString &word) {
                    const QMutexLocker lock(&mutex);
                    seen.append(word + u' ' + id);
                };
                if (isBesideOthers) {
                    bothLook.arrive_and_wait();
                } else {
                    note(u"begins"_s);
                    letOthersBegin();
                }
                note(u"ends"_s);
                return Judged();
            });
        };
        std::vector<Check> checks{looks(u"access.roles"_s, true), looks(u"access.admin-separation"_s, true)};
        for (const QString &id : {u"access.mass-assignment"_s, u"access.tenant-isolation"_s}) {
            checks.push_back(looks(id, false));
            checks.back().turn = LookTurn::Alone;
        }
        checks.push_back(looks(u"access.login-flow"_s, false));
        checks.back().turn = LookTurn::AloneLast;
        Bench bench(checks);
        bench.request.net.workers = 5; // one for each
        bench.finish();
        std::ranges::sort(seen.begin(), seen.begin() + 2); // these end in any order
        const QString alone = u"begins %1; ends %1"_s;
        QStringList expected{u"ends access.admin-separation"_s, u"ends access.roles"_s};
        for (const PlannedCheck &planned : startOrder(*makePlan(bench.request.plan, bench.catalog, bench.registry))) {
            if (planned.turn != LookTurn::BesideOthers)
                expected << alone.arg(planned.checkId).split(u"; "_s);
        }
        QCOMPARE(seen, expected);
        QCOMPARE(seen.last(), u"ends access.login-flow"_s);
    }

    // A check that judges by the others has all of them before it, also those that wait for what others leave.
    void whoJudgesByTheOthersLooksAfterAll()
    {
        QStringList seen;
        Check judging = fakeCheck(u"dns.resolution"_s, Scope::Target, [&seen](const Look &look) {
            const auto soFar = look.seen.ask(LooksSoFar{});
            for (const CheckResult &result : (**soFar)->all())
                seen << result.checkId + u' ' + toWord(result.outcome);
            return Judged();
        });
        judging.turn = LookTurn::AloneLast;
        Check limiting =
            fakeCheck(u"access.login-flow"_s, Scope::Target, [](const Look &) { return notRun(u"No."_s); });
        limiting.turn = LookTurn::AloneLast;
        limiting.requests = [](const Outlook &) {
            return std::vector{RequestNeed{.account = u"access.login-flow"_s, .most = 1000}};
        };
        Check unplanned = fakeCheck(u"http.redirect-map"_s, Scope::Target, passes);
        unplanned.needs = {Need::Redirects};
        Bench bench({judging, limiting, unplanned, fakeCheck(u"tls.chain"_s, Scope::Target, passes)});
        bench.request.plan.active = ActiveTerms{.budget = {.requests = 10, .perSecond = 50}};
        bench.finish();
        QCOMPARE(seen, QStringList({u"tls.chain pass"_s, u"access.login-flow not_run"_s}));
    }

    // What a check was allotted and did not need is for who waits; the run has the time that the pace asks for.
    void leftoversAreSpentInTheOrderOfThePlan()
    {
        QMutex mutex;
        QStringList order;
        const auto asking = [&](const QString &id, int most, Impact impact) {
            Check check = fakeCheck(id, Scope::Target, [&mutex, &order, id, most](const Look &look) {
                const auto ready = look.seen.active()->announce(id, most, look.seen.token(), look.seen.deadline());
                if (!ready)
                    return notRun(ready.error().message);
                const QMutexLocker lock(&mutex);
                order.append(id);
                look.seen.active()->withdraw(id, most);
                return Judged();
            });
            check.impacts = {impact};
            check.requests = [id, most](const Outlook &) {
                return std::vector{RequestNeed{.account = id, .most = most}};
            };
            return check;
        };
        Bench bench({asking(u"access.roles"_s, 80, Impact::AccountTakeover),
                     asking(u"access.logout"_s, 100, Impact::Downtime),
                     asking(u"access.invite"_s, 100, Impact::DataExposure),
                     asking(u"abuse.schema"_s, 200, Impact::DataExposure)});
        bench.request.plan.active = ActiveTerms{.budget = {.requests = 100, .perSecond = 50}};
        const Run run = bench.finish();
        QCOMPARE(outcomes(run), u"access.logout pass; access.roles pass; access.invite pass; abuse.schema not_run"_s);
        QCOMPARE(order, QStringList({u"access.roles"_s, u"access.invite"_s, u"access.logout"_s}));
    }

    void oneRunAtATime()
    {
        Bench bench({fakeCheck(u"mail.mx"_s, Scope::Target, hangs)});
        QVERIFY(bench.runner.start(bench.request));
        const auto second = bench.runner.start(bench.request);
        QVERIFY(!second);
        QCOMPARE(second.error().kind, ErrorKind::NotPermitted);
    }

    void aRunInWhichNothingCanRunStillFinishes()
    {
        Bench bench({});
        bench.request.plan.only = {u"mail.bimi"_s};
        const Run run = bench.finish();
        QCOMPARE(run.results.size(), size_t(1));
        QCOMPARE(run.results.front().outcome, Outcome::NotRun);
    }

    void progressReachesItsTotal()
    {
        Bench bench({fakeCheck(u"mail.mx"_s, Scope::Target, passes), fakeCheck(u"mail.spf"_s, Scope::Target, passes)});
        QSignalSpy progressed(&bench.runner, &Runner::progressed);
        bench.finish();
        const auto last = progressed.last().first().value<Progress>();
        QCOMPARE(last.done, 2);
        QCOMPARE(last.total, 2);
    }

    void batchesCarryEveryResultOnce()
    {
        std::vector<Check> checks;
        const CheckCatalog catalog = shippedCatalog();
        for (const CatalogEntry &entry : catalog.entries())
            checks.push_back(fakeCheck(entry.id, Scope::EachHost, passes));
        Bench bench(checks);
        std::vector<QString> seen;
        connect(&bench.runner, &Runner::resultsReady, this, [&](const std::vector<CheckResult> &batch) {
            for (const CheckResult &r : batch)
                seen.push_back(r.key());
        });
        const Run run = bench.finish();
        std::vector<QString> stored;
        for (const CheckResult &r : run.results)
            stored.push_back(r.key());
        std::ranges::sort(seen);
        std::ranges::sort(stored);
        QCOMPARE(seen, stored);
        QVERIFY(std::ranges::adjacent_find(seen) == seen.end());
    }

    void aBrokenCheckLeavesTheOthersUnharmed()
    {
        Bench bench(
            {fakeCheck(u"mail.mx"_s, Scope::Target, [](const Look &) -> Judged { throw std::runtime_error("boom"); }),
             fakeCheck(u"mail.spf"_s, Scope::Target, passes)});
        const Run run = bench.finish();
        QCOMPARE(run.results.at(0).outcome, Outcome::Error);
        QVERIFY(!run.results.at(0).reason.isEmpty());
        QCOMPARE(run.results.at(1).outcome, Outcome::Pass);
    }
};

QTEST_GUILESS_MAIN(TestRunPlan)
#include "tst_runplan.moc"
