#include "checks/engine/runner.h"

#include "checks/engine/background.h"
#include "checks/engine/personsays.h"
#include "checks/engine/runwork.h"
#include "models/freedmemory.h"

#include <QCoreApplication>

#include <algorithm>
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
// How fresh the log of requests is that a person watches.
constexpr std::chrono::milliseconds kRequestInterval{200};
// Threads that only wait for another worker's probe give their slot back, so this is a cap for runaway recursion only.
constexpr int kWorkerStackBytes = 1024 * 1024;

} // namespace

Runner::Runner(RunServices services, QObject *parent) : QObject(parent), m_services(std::move(services))
{
    m_pool.setStackSize(kWorkerStackBytes);
    m_flushTimer.setInterval(kBatchInterval);
    m_flushTimer.setSingleShot(true);
    connect(&m_flushTimer, &QTimer::timeout, this, &Runner::flush);
    m_requestTimer.setInterval(kRequestInterval);
    connect(&m_requestTimer, &QTimer::timeout, this, &Runner::tellRequests);
}

Runner::~Runner()
{
    stop();
    m_pool.waitForDone();
    tellRequests();
}

bool Runner::isRunning() const
{
    return m_work != nullptr || m_isEnding;
}

Result<void> Runner::start(const RunRequest &request)
{
    if (isRunning())
        return failure(ErrorKind::NotPermitted, Text::tr("Checks are already running."));
    auto plan = makePlan(request.plan, *m_services.catalog, *m_services.registry);
    if (!plan)
        return tl::unexpected(plan.error());

    m_pool.setMaxThreadCount(request.net.workers);
    m_work = std::make_shared<RunWork>(request, m_services, *plan, &m_pool);
    m_work->seen.put(PastedSource{}, request.plan.pasted);
    m_work->seen.put(AnswersOfPeople{}, request.plan.answers);
    m_work->seen.put(LooksSoFar{}, m_work->looks);
    if (m_services.prepare)
        m_services.prepare(m_work->seen);
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
    m_requestsTold = 0;
    emit planned(*plan);

    for (const PlannedCheck &plannedCheck : plan->checks) {
        if (!plannedCheck.runs) {
            CheckResult result = m_work->resultOf(plannedCheck);
            m_run.results.push_back(result);
            m_batch.push_back(std::move(result));
        }
    }
    m_alone.clear();
    m_looking = 0;
    for (const PlannedCheck &plannedCheck : startOrder(*plan)) {
        if (plannedCheck.turn == LookTurn::BesideOthers)
            look(plannedCheck);
        else
            m_alone.push_back(plannedCheck);
    }
    lookAlone();
    m_flushTimer.start();
    if (m_work->active)
        m_requestTimer.start();
    // Also a run in which nothing can run ends by a signal, after this function has returned.
    QMetaObject::invokeMethod(this, &Runner::finishIfDone, Qt::QueuedConnection);
    return {};
}

void Runner::look(const PlannedCheck &planned)
{
    ++m_looking;
    m_pool.start([this, work = m_work, planned]() mutable {
        if (work->services.besideWindow)
            standBehindTheWindow();
        CheckResult result = work->resultOf(planned);
        wipeWhatThisThreadLeft(); // here: the pool does not wait until its threads have gone, only until they are done
        // With its hold on what was seen, which this thread would free after it has wiped, if it were the last.
        QMetaObject::invokeMethod(
            this,
            [this, work = std::move(work), r = std::move(result)]() mutable {
                if (work == m_work)
                    takeResult(std::move(r));
            },
            Qt::QueuedConnection);
    });
}

// What gets this computer limited, or makes an account more than it is, disturbs nobody then, and nobody else's
// requests are counted with it. Nobody waits on a worker for their turn: a run that is stopped goes through them, and
// each says that it was not looked at.
void Runner::lookAlone()
{
    if (m_looking > 0 || m_alone.empty())
        return;
    const PlannedCheck next = m_alone.front();
    m_alone.pop_front();
    look(next);
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
    --m_looking;
    lookAlone();
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

void Runner::tellRequests()
{
    if (!m_work || !m_work->active)
        return;
    const std::vector<LoggedRequest> news = m_work->active->logSince(m_requestsTold);
    m_requestsTold += news.size();
    if (!news.empty())
        emit requestsSent(news);
}

void Runner::finishIfDone()
{
    if (!m_work || m_progress.done < m_progress.total)
        return;
    m_flushTimer.stop();
    m_requestTimer.stop();
    flush();
    tellRequests();
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
    m_activeSent = m_work->active ? m_work->active->sent() : 0;
    m_work.reset();
    endWorkers();
}

// All of them are idle, or about to be. A thread of its own waits for them, as this one may be the window's.
void Runner::endWorkers()
{
    m_isEnding = true;
    m_joiner = std::jthread([this] {
        m_pool.waitForDone();
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isEnding = false;
                emit finished(m_run);
            },
            Qt::QueuedConnection);
    });
}

} // namespace cockpit
