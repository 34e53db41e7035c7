#include "checks/engine/runner.h"

#include "checks/engine/background.h"
#include "models/masked.h"

#include <QCoreApplication>

#include <algorithm>
#include <exception>
#include <map>
#include <utility>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Runner)
};

// Results cross to the owner's thread at most this often, so that a fast run does not flood its event loop.
constexpr std::chrono::milliseconds kBatchInterval{50};
// Threads that only wait for another worker's probe give their slot back, so this is a cap for runaway recursion only.
constexpr int kWorkerStackBytes = 1024 * 1024;

// A library threw where nobody caught it: this check failed, the rest of the run is unharmed.
Judged brokenDown(const std::exception &e)
{
    return couldNotLook(
        {ErrorKind::Protocol, Text::tr("This check broke down. Please report it."), QString::fromUtf8(e.what())});
}

} // namespace

// What the workers of one run share. Outlives them: each task holds it.
struct Runner::Work
{
    Work(const RunRequest &r, const RunServices &s, Plan p, QThreadPool *pool)
        : request(r),
          services(s),
          plan(std::move(p)),
          policy(policyOf(r.plan.roadmap)),
          startedAt(QDateTime::currentDateTimeUtc()),
          seen(r.net, token, Deadline::in(r.net.runDeadline), pool, passiveBudget(r.plan.target.hosts.size()))
    {
    }

    const RunRequest request;
    const RunServices services;
    const Plan plan;
    const Policy policy;
    const QDateTime startedAt;
    const CancelToken token;
    Observations seen;

    CheckResult resultOf(const PlannedCheck &planned);

private:
    CheckResult rawResultOf(const PlannedCheck &planned);
    Judged judge(const Check &check, const PlannedCheck &planned);
    void take(const Judged &judged, CheckResult &result);
    void explain(CheckResult &result, const Judged &judged);
};

Judged Runner::Work::judge(const Check &check, const PlannedCheck &planned)
{
    Observations::beginChain();
    const Look look{.seen = seen,
                    .target = request.plan.target,
                    .host = planned.host ? &*planned.host : nullptr,
                    .policy = policy,
                    .facts = request.plan.facts,
                    .startedAt = startedAt};
    return check.look(look);
}

// Adds what the engine knows: who the finding is about, which items it breaks, and the guide's words.
void Runner::Work::explain(CheckResult &result, const Judged &judged)
{
    if (result.findings.empty())
        return;
    const auto guide = loadGuide(result.checkId, request.language);
    const QStringList providers =
        services.detectProviders ? services.detectProviders(seen, request.plan.target) : QStringList();
    for (Finding &finding : result.findings) {
        finding.checkId = result.checkId;
        if (finding.host.isEmpty())
            finding.host = result.host;
        finding.items = request.plan.roadmap.itemsNaming(result.checkId);
        if (!guide)
            continue; // a test proves that every built check has its guide
        QHash<QString, QString> values = judged.values;
        values.insert(QStringLiteral("domain"), request.plan.target.domain);
        fillFromGuide(finding, *guide, providers, values);
    }
}

void Runner::Work::take(const Judged &judged, CheckResult &result)
{
    result.outcome = judged.outcome;
    result.summary = judged.summary;
    result.reason = judged.reason;
    result.observed = judged.observed;
    result.findings = judged.findings;
    result.evidence = judged.evidence;
    explain(result, judged);
}

// The one way out of the engine, so masked here: neither window nor file nor report sees more.
CheckResult Runner::Work::resultOf(const PlannedCheck &planned)
{
    return masked(rawResultOf(planned));
}

CheckResult Runner::Work::rawResultOf(const PlannedCheck &planned)
{
    CheckResult result;
    result.checkId = planned.checkId;
    result.host = planned.host ? planned.host->name : QString();
    QElapsedTimer clock;
    clock.start();
    if (!planned.runs) {
        result.outcome = planned.outcomeIfNot;
        result.reason = planned.reason;
        return result;
    }
    if (token.isCancelled()) {
        result.reason = Text::tr("Stopped before it was looked at.");
        return result;
    }
    const Check *check = services.registry->find(planned.checkId);
    Q_ASSERT(check);
    try {
        take(judge(*check, planned), result);
    } catch (const std::exception &e) {
        take(brokenDown(e), result);
    }
    result.duration = std::chrono::milliseconds(clock.elapsed());
    return result;
}

Runner::Runner(RunServices services, QObject *parent) : QObject(parent), m_services(std::move(services))
{
    m_pool.setStackSize(kWorkerStackBytes);
    m_flushTimer.setInterval(kBatchInterval);
    m_flushTimer.setSingleShot(true);
    connect(&m_flushTimer, &QTimer::timeout, this, &Runner::flush);
}

Runner::~Runner()
{
    stop();
    m_pool.waitForDone();
}

bool Runner::isRunning() const
{
    return m_work != nullptr;
}

Result<void> Runner::start(const RunRequest &request)
{
    if (isRunning())
        return failure(ErrorKind::NotPermitted, Text::tr("Checks are already running."));
    auto plan = makePlan(request.plan, *m_services.catalog, *m_services.registry);
    if (!plan)
        return tl::unexpected(plan.error());

    m_pool.setMaxThreadCount(request.net.workers);
    m_work = std::make_shared<Work>(request, m_services, *plan, &m_pool);
    m_run = Run{.id = 0,
                .started = m_work->startedAt,
                .finished = {},
                .stopped = false,
                .roadmapId = request.plan.roadmap.id,
                .results = {},
                .askedHosts = plan->askedHosts};
    m_progress = Progress{.done = 0, .total = plan->runCount(), .elapsed = {}, .current = {}};
    m_clock.start();
    m_batch.clear();
    emit planned(*plan);

    for (const PlannedCheck &plannedCheck : plan->checks) {
        if (!plannedCheck.runs) {
            CheckResult result = m_work->resultOf(plannedCheck);
            m_run.results.push_back(result);
            m_batch.push_back(std::move(result));
        }
    }
    for (const PlannedCheck &plannedCheck : plan->checks) {
        if (!plannedCheck.runs)
            continue;
        m_pool.start([this, work = m_work, plannedCheck] {
            if (work->services.besideWindow)
                standBehindTheWindow();
            CheckResult result = work->resultOf(plannedCheck);
            QMetaObject::invokeMethod(
                this,
                [this, work, r = std::move(result)]() mutable {
                    if (work == m_work)
                        takeResult(std::move(r));
                },
                Qt::QueuedConnection);
        });
    }
    m_flushTimer.start();
    // Also a run in which nothing can run ends by a signal, after this function has returned.
    QMetaObject::invokeMethod(this, &Runner::finishIfDone, Qt::QueuedConnection);
    return {};
}

void Runner::stop()
{
    if (!m_work)
        return;
    m_run.stopped = true;
    m_work->token.cancel();
}

void Runner::takeResult(CheckResult result)
{
    ++m_progress.done;
    m_progress.current = result.checkId;
    m_run.results.push_back(result);
    m_batch.push_back(std::move(result));
    if (!m_flushTimer.isActive())
        m_flushTimer.start();
    finishIfDone();
}

void Runner::flush()
{
    m_progress.elapsed = std::chrono::milliseconds(m_clock.elapsed());
    if (!m_batch.empty())
        emit resultsReady(std::exchange(m_batch, {}));
    emit progressed(m_progress);
}

void Runner::finishIfDone()
{
    if (!m_work || m_progress.done < m_progress.total)
        return;
    m_flushTimer.stop();
    flush();
    // Results arrive as workers finish; the stored order is the plan's.
    std::map<QString, size_t> order;
    for (size_t i = 0; i < m_work->plan.checks.size(); ++i) {
        const PlannedCheck &p = m_work->plan.checks[i];
        CheckResult key;
        key.checkId = p.checkId;
        key.host = p.host ? p.host->name : QString();
        order.emplace(key.key(), i);
    }
    std::ranges::sort(m_run.results, {}, [&](const CheckResult &r) { return order[r.key()]; });
    m_run.finished = QDateTime::currentDateTimeUtc();
    m_probesSent = m_work->seen.probesSent();
    m_longestChain = m_work->seen.longestChain();
    m_work.reset();
    emit finished(m_run);
}

} // namespace cockpit
