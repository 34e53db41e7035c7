// Session's runs, monitors and samples.
#include "models/recordwatch.h"
#include "models/unasked.h"
#include "ui/session_p.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

// What checks that judge a history may look back on, and what the handover shows.
constexpr int kHistoryDays = 30;

// For the log of a run that was left: to stop, to take records away, and for the answer to the last of it.
constexpr std::chrono::milliseconds kLongestHold = 2 * kUndoGrace + std::chrono::seconds(2);

using Histories = std::vector<MonitorHistory>;

QString keyOf(const PlannedCheck &planned)
{
    CheckResult result;
    result.checkId = planned.checkId;
    result.host = planned.host ? planned.host->name : QString();
    return result.key();
}

Result<Histories> historiesFrom(const ProjectStore &store, const std::vector<Monitor> &monitors, const QDateTime &now)
{
    Histories histories;
    for (const Monitor &monitor : monitors) {
        auto samples = store.samples(monitor.id, now.addDays(-kHistoryDays), now);
        if (!samples)
            return tl::unexpected(samples.error());
        histories.push_back({monitor, std::move(*samples)});
    }
    return histories;
}

// The file folds a whole run at once, so its entries about that replace ours; what people did is known here first.
std::vector<HistoryEntry> joined(const std::vector<HistoryEntry> &ours, const std::vector<HistoryEntry> &stored)
{
    const auto isByPerson = [](const HistoryEntry &entry) {
        return entry.event == "decided"_L1 || entry.event == "tried"_L1;
    };
    std::vector<HistoryEntry> all;
    std::ranges::remove_copy_if(stored, std::back_inserter(all), isByPerson);
    std::ranges::copy_if(ours, std::back_inserter(all), isByPerson);
    std::ranges::stable_sort(all, {}, &HistoryEntry::at);
    return all;
}

} // namespace

void Session::Private::makeRunner()
{
    RunServices beside = services.run;
    beside.besideWindow = true;
    runner = new Runner(beside, q);
    connect(runner, &Runner::planned, q, [this](const Plan &made) { takePlan(made); });
    connect(runner, &Runner::resultsReady, q, [this](const auto &results) { takeResults(results); });
    connect(runner, &Runner::requestsSent, q, [this](const auto &requests) { logRequests(openings, requests); });
    connect(runner, &Runner::progressed, q, [this](const Progress &now) {
        progress = now;
        emit q->runProgressed(now);
    });
    connect(runner, &Runner::finished, q, [this](const Run &run) { takeFinished(run); });
}

void Session::Private::takePlan(const Plan &made)
{
    plan = made;
    progress = Progress{.done = 0, .total = made.runCount(), .elapsed = {}, .current = {}};
    partial = Run{};
    partial.started = QDateTime::currentDateTimeUtc();
    partial.roadmapId = q->roadmap().id;
    partial.askedHosts = made.askedHosts;
    runInFile = std::make_shared<qint64>(0);
    pending.clear();
    for (const PlannedCheck &planned : made.checks) {
        if (planned.runs)
            pending.insert(keyOf(planned));
    }
    if (forgetUnasked(state, made.askedHosts, partial.started)) {
        touch();
        emit q->findingsChanged();
    }
}

void Session::Private::takeResults(const std::vector<CheckResult> &results)
{
    QStringList keys;
    for (const CheckResult &result : results) {
        keys.push_back(result.key());
        pending.remove(keys.back());
        partial.results.push_back(result);
    }
    if (!saveSoon.isActive())
        saveSoon.start();
    applyResults(state, results, QDateTime::currentDateTimeUtc());
    touch();
    emit q->resultsChanged(keys);
    emit q->findingsChanged();
}

void Session::Private::takeFinished(const Run &run)
{
    pending.clear();
    saveSoon.stop();
    saveRun(run);
    endJournal(run.stopped ? RunEnd::Stopped : RunEnd::Complete);
    if (!isRecordLook(run)) {
        state.lastRun = run;
        state.lastRun->results.clear();
        state.lastRun->askedHosts.clear();
    }
    emit q->runFinished();
}

// The file folds a whole run at once, the window batch by batch; where they differ, the file is right.
void Session::Private::saveRun(Run run)
{
    save([this, of = path, number = ++saves, row = runInFile,
          run = std::move(run)](ProjectStore &file) mutable -> Result<void> {
        run.id = *row;
        auto saved = file.saveRun(run);
        if (!saved)
            return tl::unexpected(saved.error());
        *row = saved->lastRun->id;
        QMetaObject::invokeMethod(
            q, [this, of, number, stored = std::move(*saved)] { adopt(of, number, stored); }, Qt::QueuedConnection);
        return {};
    });
}

// What was saved before the last change is older than what is shown.
void Session::Private::adopt(const QString &of, quint64 save, const ProjectState &stored)
{
    if (path != of || save != saves || q->isRunning() ||
        (state.findings == stored.findings && state.latest == stored.latest))
        return;
    state.findings = stored.findings;
    state.latest = stored.latest;
    state.history = joined(state.history, stored.history);
    touch();
    emit q->findingsChanged();
}

// It ends within a second by itself, and a little later where test records have to be taken away; waiting for it here
// would freeze the window. Nobody hears its results.
void Session::Private::abandonRun()
{
    preparing = false;
    if (!runner->isRunning())
        return;
    runner->disconnect(q);
    if (mayAttack)
        keepLogging();
    connect(runner, &Runner::finished, runner, &QObject::deleteLater);
    connect(runner, &Runner::finished, q, [this] { loadLeft(); }); // what it could not take away
    runner->stop();
    makeRunner();
    savePartial();
}

// What a run that was left still sends goes into the log, and until then the file stays open: not for ever, as a look
// that does not end would keep this project shut and every other one out.
void Session::Private::keepLogging()
{
    const auto held = std::make_shared<StoreThread::BriefHold>(store.hold(), kLongestHold);
    connect(runner, &Runner::requestsSent, q,
            [this, of = openings, file = QFileInfo(path).fileName(), held](const auto &requests) {
                if (!held->isOver() || (open && of == openings))
                    logRequests(of, requests);
                else if (!requests.empty())
                    emit q->saveFailed({ErrorKind::TimedOut,
                                        Session::tr("The request log of %1 is not complete: what its run sent until "
                                                    "long after you left it could not be written any more.")
                                            .arg(file)});
            });
}

// The program ends: here, and only here, what still goes on is waited for.
void Session::Private::endRuns()
{
    abandonRun();
    open = false; // nobody is there any more to be told
    qDeleteAll(q->findChildren<Runner *>());
    finishTrials();
    finishRemovals();
}

// As a run that was stopped, which it is when nothing comes after it.
void Session::Private::savePartial()
{
    saveSoon.stop();
    partial.finished = QDateTime::currentDateTimeUtc();
    partial.stopped = true;
    if (!partial.results.empty())
        saveRun(partial);
}

void Session::Private::readHistories(std::function<void(const Result<Histories> &)> done)
{
    store.ask<Result<Histories>>([monitors = state.monitors, now = QDateTime::currentDateTimeUtc()](
                                     const ProjectStore &file) { return historiesFrom(file, monitors, now); },
                                 q, std::move(done));
}

void Session::Private::watch()
{
    if (!monitoring || readOnly)
        return;
    monitoring->setMonitors(state.monitors);
}

bool Session::Private::lookAtRecords()
{
    if (!open || readOnly || q->isRunning() || !whyNoRun().isEmpty())
        return false;
    q->checkAgain(u"dns.drift"_s, {});
    return true;
}

void Session::Private::takeSample(const Sample &sample)
{
    if (!open)
        return;
    store.change([sample](ProjectStore &file) { return file.appendSamples({sample}); }, StoreThread::IfItFails::Drop);
    emit q->sampleAdded(sample);
}

void Session::runAll()
{
    d->startRun({});
}

void Session::runStage(int stageNumber)
{
    PlanRequest request;
    request.stage = stageNumber;
    d->startRun(std::move(request));
}

void Session::checkAgain(const QString &checkId, const QString &host)
{
    PlanRequest request;
    request.only = {checkId};
    if (!host.isEmpty())
        request.onlyHost = host;
    d->startRun(std::move(request));
}

void Session::runChecks(const QStringList &checkIds)
{
    PlanRequest request;
    request.only = checkIds;
    d->startRun(std::move(request));
}

void Session::runPasted(const PastedText &pasted)
{
    PlanRequest request;
    request.only = readersOf(pasted.kind, registry());
    request.pasted = pasted;
    d->startRun(std::move(request));
}

void Session::stopRun()
{
    if (std::exchange(d->preparing, false))
        emit runFinished();
    d->runner->stop();
}

bool Session::isRunning() const
{
    return d->preparing || d->runner->isRunning();
}

const Plan &Session::plan() const
{
    return d->plan;
}

const Progress &Session::progress() const
{
    return d->progress;
}

bool Session::isPending(const QString &resultKey) const
{
    return d->pending.contains(resultKey);
}

void Session::loadSamples(qint64 monitorId, const QDateTime &from, const QDateTime &to, QObject *context,
                          std::function<void(const Result<std::vector<Sample>> &)> done)
{
    d->store.ask<Result<std::vector<Sample>>>(
        [monitorId, from, to](const ProjectStore &file) { return file.samples(monitorId, from, to); }, context,
        std::move(done));
}

void Session::sampleNow(qint64 monitorId)
{
    if (d->monitoring && d->open && !d->readOnly)
        d->monitoring->sampleNow(monitorId);
}

void Session::collectHandover(QObject *context, std::function<void(const Result<HandoverInput> &)> done)
{
    HandoverInput input;
    input.project = d->state;
    input.roadmap = roadmap();
    input.now = QDateTime::currentDateTime();
    input.toolVersion = d->services.toolVersion;
    input.language = d->services.language;
    input.sourcesByCheck = registry().sourcesByCheck();
    input.left = d->left;
    d->store.ask<Result<HandoverInput>>(
        [input](const ProjectStore &file) mutable -> Result<HandoverInput> {
            auto histories = historiesFrom(file, input.project.monitors, input.now);
            if (!histories)
                return tl::unexpected(histories.error());
            for (MonitorHistory &history : *histories)
                input.samples[history.monitor.id] = std::move(history.samples);
            return input;
        },
        context, std::move(done));
}

} // namespace cockpit
