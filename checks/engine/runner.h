// Runs a plan in worker threads and reports to the thread that owns it, in batches.
#pragma once

#include "checks/engine/activegate.h"
#include "checks/engine/check.h"
#include "checks/engine/plan.h"
#include "models/guide.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <deque>
#include <memory>
#include <thread>

namespace cockpit {

struct RunRequest
{
    PlanRequest plan;
    NetOptions net;
    QString language; // for guides: "en", "de_AT"
    // The person named net.runDeadline: else a run has more time where active requests need it at the agreed pace.
    bool isDeadlineFixed = false;
};

struct Progress
{
    int done = 0;
    int total = 0;
    std::chrono::milliseconds elapsed{0};
    QString current; // a check that is being looked at, for people

    bool operator==(const Progress &) const = default;
};

// What the runner is given by app/.
struct RunServices
{
    const CheckCatalog *catalog = nullptr;
    const CheckRegistry *registry = nullptr;
    // Ids of the providers seen for this target, most specific first; asked in a worker, answers are memoised.
    std::function<QStringList(Observations &, const Target &)> detectProviders;
    // ProjectFacts::fingerprintKey where the plan brings none: asked for on a worker, once, by the first check that
    // reads files or says that it needs it.
    std::function<QByteArray()> fingerprintKey = {};
    bool besideWindow = false; // the workers let the window's thread go first
    // Puts answers in place before the first look: what this machine offers and no probe can know.
    std::function<void(Observations &)> prepare = {};
};

struct RunWork;

// One run at a time. Lives on the GUI thread (or the command line's main thread); all signals come on that thread.
// The destructor stops and waits: about a second, as every wait looks at the run's token, and kUndoGrace more where
// test records have to be taken away. It tells the active requests that were sent until then, and no result any more:
// who keeps the log outlives the runner.
class Runner : public QObject
{
    Q_OBJECT

public:
    explicit Runner(RunServices services, QObject *parent = nullptr);
    ~Runner() override;

    // BadInput for an unknown id; NotPermitted when a run is going on.
    [[nodiscard]] Result<void> start(const RunRequest &request);
    void stop();
    bool isRunning() const;
    // Of the last run: questions sent, and the longest chain of dependent answers in round trips.
    int probesSent() const { return m_probesSent; }
    int longestChain() const { return m_longestChain; }
    // Of the last run: active requests that were let out.
    int activeSent() const { return m_activeSent; }

signals:
    void planned(const cockpit::Plan &plan);
    void resultsReady(const std::vector<cockpit::CheckResult> &results);
    // Active requests that have ended since the last time, in batches while the run goes on; all of them are told
    // before finished().
    void requestsSent(const std::vector<cockpit::LoggedRequest> &requests);
    void progressed(const cockpit::Progress &progress);
    void finished(const cockpit::Run &run);

private:
    void look(const PlannedCheck &planned);
    void lookAlone();
    void takeResult(CheckResult result);
    void flush();
    void tellRequests();
    void finishIfDone();
    void endWorkers();

    RunServices m_services;
    QThreadPool m_pool;
    std::shared_ptr<RunWork> m_work;
    std::deque<PlannedCheck> m_alone; // begin one by one when all others have ended
    int m_looking = 0;                // begun, and not ended
    std::vector<CheckResult> m_batch;
    Run m_run;
    int m_probesSent = 0;
    int m_longestChain = 0;
    int m_activeSent = 0;
    Progress m_progress;
    QElapsedTimer m_clock;
    QTimer m_flushTimer;
    QTimer m_requestTimer;          // while active requests may leave
    std::size_t m_requestsTold = 0; // of the log of this run
    bool m_isEnding = false;        // all results are there, and the workers end
    std::jthread m_joiner;          // waits for them; before the pool goes
};

} // namespace cockpit

Q_DECLARE_METATYPE(cockpit::Plan)
Q_DECLARE_METATYPE(cockpit::Progress)
Q_DECLARE_METATYPE(cockpit::Run)
Q_DECLARE_METATYPE(std::vector<cockpit::CheckResult>)
Q_DECLARE_METATYPE(std::vector<cockpit::LoggedRequest>)
