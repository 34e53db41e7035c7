#include "checks/engine/looksofrun.h"
#include "checks/engine/runner.h"
#include "tests/checks/engine/fakechecks.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMutex>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <stdexcept>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

using namespace cockpit;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Judged passes(const Look &)
{
    return {};
}

// Waits like a client on a silent server: until the run's token or deadline ends it.
Judged hangs(const Look &look)
{
    while (!look.seen.token().waitFor(50ms)) {
        if (look.seen.deadline().hasPassed())
            return couldNotLook({ErrorKind::TimedOut, u"too slow"_s});
    }
    return couldNotLook({ErrorKind::Cancelled, u"stopped"_s});
}

Judged raises(const Look &)
{
    Judged judged;
    judged.outcome = Outcome::Fail;
    judged.findings.push_back({.checkId = {},
                               .code = u"missing"_s,
                               .host = {},
                               .subject = {},
                               .severity = Severity::High,
                               .proof = Proof::Proven,
                               .impact = Impact::EmailDelivery,
                               .title = u"Something is missing"_s});
    return judged;
}

struct Bench
{
    CheckCatalog catalog = shippedCatalog();
    CheckRegistry registry;
    Runner runner;
    RunRequest request;

    explicit Bench(std::vector<Check> checks, bool besideWindow = false,
                   std::function<QByteArray()> fingerprintKey = {})
        : runner(RunServices{.catalog = &catalog,
                             .registry = &registry,
                             .detectProviders = {},
                             .fingerprintKey = std::move(fingerprintKey),
                             .besideWindow = besideWindow})
    {
        registry.add(std::move(checks));
        request.plan.target = twoHosts();
        request.plan.roadmap = shippedRoadmap();
        request.language = u"en"_s;
        for (const Check &check : registry.checks())
            request.plan.only.append(check.id);
    }

    Run finish()
    {
        QSignalSpy finished(&runner, &Runner::finished);
        if (const auto started = runner.start(request); !started)
            qFatal("%s", qPrintable(started.error().message));
        if (finished.isEmpty() && !finished.wait(20000))
            qFatal("the run did not finish");
        return finished.first().first().value<Run>();
    }
};

QString outcomes(const Run &run)
{
    QStringList lines;
    for (const CheckResult &r : run.results)
        lines.append(u"%1 %2"_s.arg(r.key(), toWord(r.outcome)));
    return lines.join(u"; "_s);
}

} // namespace

class TestRunner : public QObject
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
            QThread::msleep(20);
            --looking;
            ++ended;
            return Judged();
        };
        std::vector<Check> checks;
        for (const QString &id : {u"mail.mx"_s, u"mail.spf"_s, u"tls.chain"_s})
            checks.push_back(fakeCheck(id, Scope::Target, [&](const Look &) { return counted(false); }));
        for (const QString &id : {u"dns.resolution"_s, u"mail.dkim"_s}) {
            checks.push_back(fakeCheck(id, Scope::Target, [&](const Look &) { return counted(true); }));
            checks.back().mayGetUsLimited = true;
        }
        Bench bench(checks);
        const Run run = bench.finish();
        QCOMPARE(outcomes(run), u"dns.resolution pass; mail.mx pass; mail.spf pass; mail.dkim pass; tls.chain pass"_s);
        QVERIFY(!wasDisturbed);
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
        judging.mayGetUsLimited = true;
        Check limiting =
            fakeCheck(u"access.login-flow"_s, Scope::Target, [](const Look &) { return notRun(u"No."_s); });
        limiting.mayGetUsLimited = true;
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

    // Stop does not wait for those that have not begun, and says so of each.
    void stopEndsWhatWasToLookLast()
    {
        std::vector<Check> checks{fakeCheck(u"mail.mx"_s, Scope::Target, hangs)};
        std::atomic_bool hasLooked = false;
        for (const QString &id : {u"mail.spf"_s, u"tls.chain"_s}) {
            checks.push_back(fakeCheck(id, Scope::Target, [&](const Look &) {
                hasLooked = true;
                return Judged();
            }));
            checks.back().mayGetUsLimited = true;
        }
        Bench bench(checks);
        QSignalSpy finished(&bench.runner, &Runner::finished);
        QVERIFY(bench.runner.start(bench.request));
        QElapsedTimer clock;
        clock.start();
        bench.runner.stop();
        QVERIFY(finished.wait(5000));
        QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(outcomes(finished.first().first().value<Run>()),
                 u"mail.mx not_run; mail.spf not_run; tls.chain not_run"_s);
        QVERIFY(!hasLooked);
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

    void aRunHasTheTimeThatThePaceAsksFor_data()
    {
        QTest::addColumn<bool>("isFixed");
        QTest::addColumn<bool>("waitsForLimits");
        QTest::addColumn<int>("seconds"); // beside those that the program starts with
        QTest::newRow("as the program sets it") << false << false << 60;
        QTest::newRow("with limits to be waited for") << false << true << 60 + 150;
        QTest::newRow("as the person said") << true << true << 0;
    }

    void aRunHasTheTimeThatThePaceAsksFor()
    {
        QFETCH(bool, isFixed);
        QFETCH(bool, waitsForLimits);
        QFETCH(int, seconds);
        std::atomic<qint64> left = 0;
        Check check = fakeCheck(u"access.roles"_s, Scope::Target, [&](const Look &look) {
            left = look.seen.deadline().remaining().count();
            return Judged();
        });
        check.requests = [](const Outlook &) {
            return std::vector{RequestNeed{.account = u"access.roles"_s, .most = 600}};
        };
        check.mayGetUsLimited = waitsForLimits;
        Bench bench({check});
        bench.request.net.runDeadline = 10s;
        bench.request.isDeadlineFixed = isFixed;
        bench.request.plan.active = ActiveTerms{.budget = {.requests = 300, .perSecond = 5}};
        bench.finish();
        const qint64 whole = (10 + seconds) * 1000; // 300 at 5 a second are a minute more
        QVERIFY2(left <= whole && left > whole - 10000, qPrintable(QString::number(left)));
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

    void findingsKnowTheirCheckHostAndItems()
    {
        Bench bench(
            {fakeCheck(u"mail.dmarc"_s, Scope::Target, raises), fakeCheck(u"http.hsts"_s, Scope::EachHost, raises)});
        const Run run = bench.finish();
        QCOMPARE(run.results.size(), size_t(3));
        const Finding &mail = run.results.at(0).findings.front();
        QCOMPARE(mail.checkId, u"mail.dmarc"_s);
        QVERIFY(mail.items.contains(u"internal-ops-saas.bar.12"_s));
        QCOMPARE(run.results.at(2).findings.front().host, u"api.acme.test"_s);
        QVERIFY(run.results.at(1).findings.front().id() != run.results.at(2).findings.front().id());
    }

    void findingsWithoutEvidenceShowWhatTheLookSaw()
    {
        Bench bench({fakeCheck(u"mail.dmarc"_s, Scope::Target, [](const Look &look) {
            Judged judged = raises(look);
            judged.findings.push_back(judged.findings.front());
            judged.findings.back().subject = u"another"_s;
            judged.findings.back().evidence = {{u"its own"_s, {}}};
            judged.evidence = {{u"the look"_s, {}}};
            return judged;
        })});
        const Run run = bench.finish();
        const std::vector<Finding> &findings = run.results.front().findings;
        QCOMPARE(findings.at(0).evidence.front().title, u"the look"_s);
        QCOMPARE(findings.at(1).evidence.front().title, u"its own"_s);
    }

    // Whatever a judge quotes: the engine lets no key out, and the id is made of what is let out.
    void resultsLeaveMasked()
    {
        static const QString secret = u"sk_live_4eC39HqLyjWDarjtT1zdp7dc"_s;
        Bench bench({fakeCheck(u"mail.dmarc"_s, Scope::Target, [](const Look &look) {
            Judged judged = raises(look);
            Finding &finding = judged.findings.front();
            for (QString *text : {&finding.subject, &finding.title, &finding.whatWeSaw, &finding.fix.paste,
                                  &judged.summary, &judged.reason})
                *text = u"is %1"_s.arg(secret);
            finding.evidence = {{secret, secret}};
            judged.evidence = finding.evidence;
            judged.observed = {{u"list"_s, QJsonArray{secret}}, {secret, u"named"_s}};
            return judged;
        })});
        const Run run = bench.finish();
        const CheckResult &result = run.results.front();
        const QByteArray all = QJsonDocument(toJson(result)).toJson();
        QVERIFY2(!all.contains("4eC39H"), all.constData());
        QVERIFY(result.findings.front().id().endsWith(u"#is sk_l••••"_s));
        QVERIFY(result.findings.front().fix.aiPrompt.contains(u"sk_l••••"_s));
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

    // Where it lies may hang: whoever owns the runner never waits for it, nor does a check that reads no files.
    void theKeyOfFingerprintsIsFetchedByAWorker()
    {
        std::atomic_int asked = 0;
        std::atomic_bool isHere = false;
        std::atomic_bool isOpen = false;
        const auto key = [&, owner = QThread::currentThread()] {
            ++asked;
            isHere = QThread::currentThread() == owner;
            while (!isOpen)
                QThread::msleep(1);
            return QByteArray(32, 'k');
        };
        const auto readsFiles = [](const QString &id) {
            Check check = fakeCheck(id, Scope::Target, [](const Look &look) -> Judged {
                Judged judged;
                judged.summary = QString::fromLatin1(look.facts.fingerprintKey);
                return judged;
            });
            check.sources = {SourceKind::Code};
            return check;
        };
        Bench bench({readsFiles(u"secrets.tree"_s), readsFiles(u"secrets.history"_s),
                     fakeCheck(u"mail.mx"_s, Scope::Target, passes)},
                    false, key);
        bench.request.plan.facts.sources = {{SourceKind::Code, u"/srv/shop"_s, {}}};
        QSignalSpy finished(&bench.runner, &Runner::finished);
        QSignalSpy results(&bench.runner, &Runner::resultsReady);
        QVERIFY(bench.runner.start(bench.request));
        QTRY_VERIFY(!results.isEmpty());
        const auto first = results.front().front().value<std::vector<CheckResult>>();
        QCOMPARE(first.front().checkId, u"mail.mx"_s);
        isOpen = true;
        QVERIFY(finished.wait(20000));
        QCOMPARE(asked.load(), 1);
        QVERIFY(!isHere);
        for (const CheckResult &result : finished.front().front().value<Run>().results)
            QCOMPARE(result.summary == QString(32, u'k'), result.checkId != "mail.mx"_L1);
    }

    // Pasted sessions are recognised by it, whether the project has files or not.
    void theKeyOfFingerprintsGoesToWhoSaysSo()
    {
        Check check = fakeCheck(u"access.session-expiry"_s, Scope::Target, [](const Look &look) -> Judged {
            Judged judged;
            judged.summary = QString::fromLatin1(look.facts.fingerprintKey);
            return judged;
        });
        check.needsFingerprintKey = true;
        Bench bench({check}, false, [] { return QByteArray(32, 'k'); });
        QCOMPARE(bench.finish().results.front().summary, QString(32, u'k'));
    }

    void theKeyOfFingerprintsIsLeftAloneWithoutFiles()
    {
        int asked = 0;
        Check check = fakeCheck(u"secrets.tree"_s, Scope::Target, passes);
        check.sources = {SourceKind::Code};
        Bench bench({check}, false, [&] {
            ++asked;
            return QByteArray();
        });
        bench.finish();
        QCOMPARE(asked, 0);
    }

    void aPastedTextIsASourceOfOneRun()
    {
        Check check = fakeCheck(u"secrets.logs"_s, Scope::Target, [](const Look &look) -> Judged {
            Judged judged;
            const PastedText pasted = pastedOf(SourceKind::Log, look.seen);
            judged.summary = pasted.text ? QString::fromUtf8(pasted.text->reveal()) : u"nothing"_s;
            judged.summary += QString::number(look.facts.fingerprintKey.size());
            return judged;
        });
        check.needs = {Need::Folder};
        check.sources = {SourceKind::Log};
        Bench bench({check}, false, [] { return QByteArray(32, 'k'); });
        QCOMPARE(bench.finish().results.front().outcome, Outcome::NotRun);
        auto text = std::make_shared<const Secret>("a line");
        const std::weak_ptr<const Secret> left = text;
        bench.request.plan.pasted = {SourceKind::Log, std::exchange(text, nullptr)};
        QCOMPARE(bench.finish().results.front().summary, u"a line32"_s);
        bench.request.plan.pasted.kind = SourceKind::CiLog; // which this check does not read
        QCOMPARE(bench.finish().results.front().outcome, Outcome::NotRun);
        bench.request.plan.pasted = {};
        QTRY_VERIFY(left.expired()); // nobody has it any more
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
            return raises ? ::raises(look) : Judged{};
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
};

QTEST_GUILESS_MAIN(TestRunner)
#include "tst_runner.moc"
