// Runner: how long a run may take, and what ends it.
#include "models/unseen.h"
#include "tests/checks/engine/runbench.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <memory>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

using namespace cockpit;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestRunLimits : public QObject
{
    Q_OBJECT

private slots:
    // 300 requests at 5 a second are a minute; who waits for a limit to end, or for a leeway, has that beside it.
    void aRunHasTheTimeThatItsChecksAskFor_data()
    {
        QTest::addColumn<bool>("isFixed");
        QTest::addColumn<QStringList>("waits"); // of one check each: "account seconds"
        QTest::addColumn<int>("seconds");       // beside those that the program starts with
        QTest::newRow("as the program sets it") << false << QStringList{u"access.roles 0"_s} << 60;
        QTest::newRow("one that waits") << false << QStringList{u"abuse.rate-limit 150"_s} << 60 + 150;
        QTest::newRow("two that wait") << false << QStringList{u"abuse.rate-limit 150"_s, u"access.refresh-token 12"_s}
                                       << 60 + 150 + 12;
        QTest::newRow("two that share what is waited for")
            << false << QStringList{u"abuse.rate-limit 400"_s, u"abuse.rate-limit 150"_s} << 60 + 400;
        QTest::newRow("as the person said") << true << QStringList{u"abuse.rate-limit 150"_s} << 0;
    }

    void aRunHasTheTimeThatItsChecksAskFor()
    {
        QFETCH(bool, isFixed);
        QFETCH(QStringList, waits);
        QFETCH(int, seconds);
        std::atomic<qint64> left = 0;
        std::vector<Check> checks;
        const QStringList ids{u"access.roles"_s, u"access.logout"_s};
        for (const QString &wait : waits) {
            checks.push_back(
                fakeCheck(ids.at(static_cast<qsizetype>(checks.size())), Scope::Target, [&](const Look &look) {
                    left = std::max<qint64>(left, look.seen.deadline().remaining().count());
                    return Judged();
                }));
            checks.back().requests = [wait](const Outlook &) {
                return std::vector{RequestNeed{.account = wait.section(u' ', 0, 0),
                                               .most = 600,
                                               .waits = std::chrono::seconds(wait.section(u' ', 1).toInt())}};
            };
        }
        Bench bench(checks);
        bench.request.net.runDeadline = 10s;
        bench.request.isDeadlineFixed = isFixed;
        bench.request.plan.active = ActiveTerms{.budget = {.requests = 300, .perSecond = 5}};
        bench.finish();
        const qint64 whole = (10 + seconds) * 1000;
        QVERIFY2(left <= whole && left > whole - 10000, qPrintable(QString::number(left)));
    }

    // Stop does not wait for those that have not begun, and says so of each; whichever hangs.
    void stopEndsWhatWasToLookLast_data()
    {
        QTest::addColumn<bool>("isAlone"); // what hangs
        QTest::newRow("while others look") << false;
        QTest::newRow("while one looks alone") << true;
    }

    void stopEndsWhatWasToLookLast()
    {
        QFETCH(bool, isAlone);
        std::atomic_bool hasLooked = false;
        std::atomic_bool isHanging = false;
        std::vector<Check> checks{fakeCheck(u"mail.mx"_s, Scope::Target, [&](const Look &look) {
            isHanging = true;
            return hangs(look);
        })};
        checks.back().turn = isAlone ? LookTurn::Alone : LookTurn::BesideOthers;
        for (const QString &id : {u"mail.spf"_s, u"tls.chain"_s}) {
            checks.push_back(fakeCheck(id, Scope::Target, [&](const Look &) {
                hasLooked = true;
                return Judged();
            }));
            checks.back().turn = id == "mail.spf"_L1 ? LookTurn::Alone : LookTurn::AloneLast;
        }
        Bench bench(checks);
        QSignalSpy finished(&bench.runner, &Runner::finished);
        QVERIFY(bench.runner.start(bench.request));
        QTRY_VERIFY(isHanging);
        QElapsedTimer clock;
        clock.start();
        bench.runner.stop();
        QVERIFY(finished.wait(5000));
        QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(outcomes(finished.first().first().value<Run>()),
                 u"mail.mx not_run; mail.spf not_run; tls.chain not_run"_s);
        QVERIFY(!hasLooked);
    }

    void stopEndsARunOfHangingChecksWithinASecond()
    {
        std::vector<Check> checks{fakeCheck(u"mail.mx"_s, Scope::Target, passes)};
        const CheckCatalog catalog = shippedCatalog();
        for (const CatalogEntry &entry : catalog.entries()) {
            if (entry.family() == u"http"_s)
                checks.push_back(fakeCheck(entry.id, Scope::EachHost, hangs)); // far more than there are workers
        }
        Bench bench(checks);
        QSignalSpy finished(&bench.runner, &Runner::finished);
        QSignalSpy results(&bench.runner, &Runner::resultsReady);
        QVERIFY(bench.runner.start(bench.request));
        QTRY_VERIFY(!results.isEmpty());
        const auto start = Clock::now();
        bench.runner.stop();
        QVERIFY(finished.wait(5000));
        QVERIFY(Clock::now() - start < 1s);
        const Run run = finished.first().first().value<Run>();
        QVERIFY(run.stopped);
        for (const CheckResult &r : run.results) {
            if (r.checkId.startsWith(u"http."_s)) {
                QCOMPARE(r.outcome, Outcome::NotRun);
                QVERIFY(!r.reason.isEmpty());
            }
        }
    }

    // A judge that makes do with what it got: a pass would close what it did not get to see.
    void aStoppedLookClaimsNothing_data()
    {
        QTest::addColumn<bool>("raises");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("found nothing") << false << Outcome::NotRun;
        QTest::newRow("found something") << true << Outcome::Fail;
    }

    void aStoppedLookClaimsNothing()
    {
        QFETCH(bool, raises);
        std::atomic_bool isLooking = false;
        Bench bench({fakeCheck(u"mail.mx"_s, Scope::Target, [&](const Look &look) {
            isLooking = true;
            hangs(look);
            return raises ? test::raises(look) : Judged{};
        })});
        QSignalSpy finished(&bench.runner, &Runner::finished);
        QVERIFY(bench.runner.start(bench.request));
        QTRY_VERIFY(isLooking);
        bench.runner.stop();
        QVERIFY(finished.wait(5000));
        const CheckResult result = finished.first().first().value<Run>().results.front();
        QTEST(result.outcome, "outcome");
        QCOMPARE(result.findings.size(), raises ? 1U : 0U);
        QVERIFY(!result.reason.isEmpty());
    }

    // What an earlier look owed is still owed by name: the next one asks there first.
    void aStoppedLookForgetsNoGap()
    {
        const Unseen owed{.subject = u"GET /a"_s, .code = u"open"_s};
        std::atomic_bool isLooking = false;
        Bench bench({fakeCheck(u"mail.mx"_s, Scope::Target, [&](const Look &look) {
            isLooking = true;
            hangs(look);
            Judged judged = test::raises(look);
            noteUnseen({owed}, judged.observed);
            return judged;
        })});
        QSignalSpy finished(&bench.runner, &Runner::finished);
        QVERIFY(bench.runner.start(bench.request));
        QTRY_VERIFY(isLooking);
        bench.runner.stop();
        QVERIFY(finished.wait(5000));
        const CheckResult result = finished.first().first().value<Run>().results.front();
        QVERIFY(unseenIn(result.observed) == (std::vector<Unseen>{owed, {}}));
    }

    void theRunsDeadlineEndsHangingChecks()
    {
        Bench bench({fakeCheck(u"mail.mx"_s, Scope::Target, hangs)});
        bench.request.net.runDeadline = 100ms;
        QCOMPARE(outcomes(bench.finish()).section(u' ', -1), u"error"_s);
    }

    void destroyingARunningRunnerStopsIt()
    {
        auto bench = std::make_unique<Bench>(std::vector{fakeCheck(u"mail.mx"_s, Scope::Target, hangs)});
        QVERIFY(bench->runner.start(bench->request));
        const auto start = Clock::now();
        bench.reset();
        QVERIFY(Clock::now() - start < 1s);
    }

#ifdef Q_OS_LINUX
    void workersStandBehindTheWindow_data()
    {
        QTest::addColumn<bool>("besideWindow");
        QTest::newRow("in the window") << true;
        QTest::newRow("on the command line") << false;
    }

    void workersStandBehindTheWindow()
    {
        QFETCH(bool, besideWindow);
        std::atomic_int nice = -1;
        Bench bench({fakeCheck(u"mail.mx"_s, Scope::Target,
                               [&](const Look &) -> Judged {
                                   nice = getpriority(PRIO_PROCESS, 0);
                                   return {};
                               })},
                    besideWindow);
        const int here = getpriority(PRIO_PROCESS, 0);
        bench.finish();
        QCOMPARE(nice > here, besideWindow);
        QCOMPARE(getpriority(PRIO_PROCESS, 0), here); // this thread stays where it was
    }
#endif
};

QTEST_GUILESS_MAIN(TestRunLimits)
#include "tst_runlimits.moc"
