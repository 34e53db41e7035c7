// What Session keeps; shared by its source files alone.
#pragma once

#include "checks/engine/activeleave.h"
#include "models/projectjournal.h"
#include "ui/session.h"
#include "ui/storethread.h"

#include <QFuture>
#include <QPointer>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <map>
#include <optional>

namespace cockpit {

class LeftWork;

struct Session::Private
{
    Private(Session *session, SessionServices given);

    Session *q;
    SessionServices services;
    StoreThread store;
    QPointer<Runner> runner; // child of q
    std::unique_ptr<MonitorService> monitoring;
    RecordWatch records;

    NetOptions net; // of the open project
    ProjectState state;
    QString path;
    bool open = false;
    bool readOnly = false;
    SaveState saveState = SaveState::Saved;

    // Of the permission to send hostile requests.
    QByteArray machineKey; // seals it (models/access/permission.h); read with the project
    std::shared_ptr<std::atomic_bool> killed = std::make_shared<std::atomic_bool>(false); // the kill switch
    CancelToken asking;                                                                   // what goes on in askers
    QThreadPool askers;                                    // looks for the token, tries accounts
    std::map<quint64, QFuture<Result<ActorTrial>>> trials; // those whose requests are not in the log yet
    quint64 trialsBegun = 0;

    std::vector<JournalEntry> left;          // of earlier runs
    std::shared_ptr<ProjectJournal> journal; // of the current or last run
    bool isRemovingLeft = false;
    bool isMoving = false; // the project goes on in a copy, which is being made

    quint64 openings = 0; // counted, so that the late answer to an earlier one is not taken for this one's

    // The current or last run.
    bool preparing = false;
    bool mayAttack = false;   // it has leave to send what goes into the log
    quint64 preparations = 0; // counted like openings
    Plan plan;
    Progress progress;
    QSet<QString> pending;
    Run partial;                       // what came so far
    std::shared_ptr<qint64> runInFile; // its id there, 0 before it was saved for the first time; for the store's thread
    quint64 saves = 0;                 // of findings; counted like openings
    QTimer saveSoon;                   // what came so far is saved while the run goes on

    // Worked out on demand, dropped by touch().
    mutable std::optional<Verdict> verdict;
    mutable std::optional<std::vector<Risk>> risks;
    mutable std::optional<FixPlan> fixPlan;
    mutable QDate plannedFor; // the day for which fixPlan holds
    mutable std::map<int, StageSummary> summaries;
    void touch();

    void use(const NetOptions &options);
    StoreThread::OpenedCallback whenOpened(const NetOptions &options, const QString &toLookOnly = {});
    void readMachineKey(const Result<StoreThread::Opened> &answer, const QString &toLookOnly);
    void opened(const Result<StoreThread::Opened> &answer, const QString &toLookOnly);
    void forget(); // the project, not the services
    void updateSaveState();
    bool mayChange();
    // Queues a change of the file; the caller has changed `state` already.
    void save(StoreThread::Change change);

    void makeRunner();
    void startRun(PlanRequest request);
    // What a run needs and is not in memory: fetched one after the other, unless the run is stopped meanwhile.
    void fetchActorSecrets(PlanRequest request);
    void prepareToken(PlanRequest request);
    void fetchToken(PlanRequest request, const Credential &token);
    void fetchHistories(PlanRequest request);
    bool isStillPreparing(quint64 preparation) const { return preparing && preparation == preparations; }
    void startRunWith(const PlanRequest &request);
    void takePlan(const Plan &made);
    void takeResults(const std::vector<CheckResult> &results);
    void takeFinished(const Run &run);
    void saveSettings();
    void saveRun(Run run);
    void savePartial();
    void adopt(const QString &of, quint64 save, const ProjectState &stored);
    void abandonRun(); // saves what it found
    void keepLogging();
    void endRuns();
    void readHistories(std::function<void(const Result<std::vector<MonitorHistory>> &)> done);

    ActiveLeave leaveNow() const;
    void setPermission(const Permission &permission); // seals and saves it; the caller has asked mayChange()
    void takeControl(ControlMethod method, const ControlLook &look);
    void askActor(const TestActor &actor, ActiveTerms terms, QObject *context,
                  std::function<void(const Result<ActorTrial> &)> done);
    // of: openings, as they were when it began. Its file is open still, or held.
    void logRequests(quint64 of, const std::vector<LoggedRequest> &requests);
    void finishTrials();
    void stopAsking();

    void loadLeft();
    void endJournal(RunEnd how);
    using LeftTaker = std::function<void(const Result<LeftReport> &)>; // nobody hears it whose context is gone
    void askToRemove(LeftWork *work, const LeftQuestion &question, ActiveTerms terms, const LeftTaker &done);
    void keepRemoved(quint64 of, const LeftReport &report);
    void endRemoval(quint64 of); // for the window
    void stopRemovals();
    void finishRemovals();

    // Also those that were left, and still take away what they made.
    bool isAnyRunGoing() const;
    QString whyNoRun() const; // something that a run would disturb goes on; empty: it may begin

    qint64 lastMonitorId = 0; // never given twice, so that a late sample finds nobody else's monitor
    void giveIds(std::vector<Monitor> &monitors);
    void takeSample(const Sample &sample);
    void watch();
    bool lookAtRecords(); // by itself; says whether the look has begun
};

} // namespace cockpit
