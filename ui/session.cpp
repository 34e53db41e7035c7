#include "models/recordwatch.h"
#include "ui/session_p.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A killed program loses no more of a run than this. The whole of it is written each time, so not at each result.
constexpr std::chrono::milliseconds kSavedWithin{1000};

} // namespace

Session::Private::Private(Session *session, SessionServices given)
    : q(session),
      services(std::move(given)),
      records(
          services.recordWatch,
          [this](const auto &tried, const auto &now) { return cockpit::nextRecordLook(state, tried, now); },
          [this] { return lookAtRecords(); })
{
    net = services.net;
    makeRunner();
    saveSoon.setSingleShot(true);
    saveSoon.setInterval(kSavedWithin);
    connect(&saveSoon, &QTimer::timeout, q, [this] {
        if (!store.hasFailed()) // what waits to be tried again is enough
            savePartial();
    });
    connect(&store, &StoreThread::pendingChanged, q, [this] { updateSaveState(); });
    connect(&store, &StoreThread::failed, q, &Session::saveFailed);
    if (!services.takeSample)
        return;
    monitoring = std::make_unique<MonitorService>(services.takeSample);
    monitoring->setOptions(net);
    connect(monitoring.get(), &MonitorService::sampleReady, q, [this](const Sample &sample) { takeSample(sample); });
}

void Session::Private::touch()
{
    verdict.reset();
    risks.reset();
    fixPlan.reset();
    summaries.clear();
}

void Session::Private::use(const NetOptions &options)
{
    net = options;
    if (monitoring)
        monitoring->setOptions(net);
}

void Session::Private::updateSaveState()
{
    const SaveState now = store.hasPending()  ? SaveState::Saving
                          : store.hasFailed() ? SaveState::Failed
                                              : SaveState::Saved;
    if (now == saveState)
        return;
    saveState = now;
    emit q->saveStateChanged(now);
}

// Ends what was open, or about to open.
StoreThread::OpenedCallback Session::Private::whenOpened(const NetOptions &options, const QString &toLookOnly)
{
    q->closeProject();
    use(options);
    return [this, toLookOnly, wish = ++openings](const auto &answer) {
        if (wish == openings)
            readMachineKey(answer, toLookOnly);
    };
}

// From a disk, so not here.
void Session::Private::readMachineKey(const Result<StoreThread::Opened> &answer, const QString &toLookOnly)
{
    if (!answer || !services.machineKey) {
        opened(answer, toLookOnly);
        return;
    }
    store.ask<QByteArray>([key = services.machineKey](const ProjectStore &) { return key(); }, q,
                          [this, answer, toLookOnly, wish = openings](const QByteArray &key) {
                              machineKey = key;
                              if (wish == openings)
                                  opened(answer, toLookOnly);
                          });
}

void Session::Private::opened(const Result<StoreThread::Opened> &answer, const QString &toLookOnly)
{
    if (!answer) {
        const bool canLook = answer.error().kind == ErrorKind::NotPermitted && QFileInfo(toLookOnly).isReadable();
        emit q->openFailed(answer.error(), canLook ? toLookOnly : QString());
        return;
    }
    forget();
    state = answer->state;
    state.permission = ownPermission(state.permission, machineKey);
    path = answer->path;
    readOnly = answer->readOnly;
    open = true;
    touch();
    watch();
    if (!readOnly)
        records.start();
    emit q->projectOpened();
    loadLeft();
}

void Session::Private::forget()
{
    if (monitoring)
        monitoring->stop();
    records.stop();
    stopAsking();
    state = {};
    left.clear();
    journal.reset();
    isRemovingLeft = false;
    path.clear();
    open = false;
    readOnly = false;
    plan = {};
    progress = {};
    lastMonitorId = 0;
    pending.clear();
    touch();
}

bool Session::Private::mayChange()
{
    if (open && !readOnly)
        return true;
    emit q->saveFailed(
        {ErrorKind::NotPermitted, open ? Session::tr("This project is open for reading only, so nothing was changed.")
                                       : Session::tr("No project is open, so nothing was changed.")});
    return false;
}

void Session::Private::save(StoreThread::Change change)
{
    store.change(std::move(change));
}

Session::Session(SessionServices services, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(services)))
{
}

Session::~Session()
{
    d->stopAsking();
    d->endRuns();
}

void Session::createProject(const QString &path, const ProjectSettings &settings)
{
    d->store.create(path, settings, d->whenOpened(d->services.net));
}

void Session::createProjectIn(const QString &folder, const QString &name, const ProjectSettings &settings,
                              const std::optional<NetOptions> &net)
{
    d->store.createIn(folder, name, settings, d->whenOpened(net.value_or(d->services.net)));
}

void Session::openProject(const QString &path, OpenMode mode)
{
    const QString toLookOnly = mode == OpenMode::ReadWrite ? path : QString();
    d->store.open(path, mode, d->whenOpened(d->services.net, toLookOnly));
}

void Session::closeProject()
{
    if (!d->open)
        return;
    d->abandonRun();
    d->store.close();
    d->forget();
    emit projectClosed();
}

void Session::retrySaving()
{
    if (d->open)
        d->store.retry();
}

bool Session::isOpen() const
{
    return d->open;
}

bool Session::isReadOnly() const
{
    return d->readOnly;
}

QString Session::path() const
{
    return d->path;
}

SaveState Session::saveState() const
{
    return d->saveState;
}

const ProjectState &Session::project() const
{
    return d->state;
}

const std::vector<Roadmap> &Session::roadmaps() const
{
    return d->services.roadmaps;
}

const Roadmap &Session::roadmap() const
{
    const auto &all = d->services.roadmaps;
    const QString wanted = d->open ? d->state.settings.roadmapId : QString::fromLatin1(kDefaultRoadmapId);
    auto found = std::ranges::find(all, wanted, &Roadmap::id);
    // A file may name a roadmap that this version does not ship.
    if (found == all.end())
        found = std::ranges::find(all, QString::fromLatin1(kDefaultRoadmapId), &Roadmap::id);
    static const Roadmap none;
    return found == all.end() ? none : *found;
}

const CheckCatalog &Session::catalog() const
{
    return *d->services.run.catalog;
}

const CheckRegistry &Session::registry() const
{
    return *d->services.run.registry;
}

const GuardServices &Session::guardServices() const
{
    return d->services.guards;
}

const KeyTester &Session::keyTester() const
{
    return d->services.testKey;
}

const RecordServices &Session::recordServices() const
{
    return d->services.records;
}

const NetOptions &Session::netOptions() const
{
    return d->net;
}

CredentialStore *Session::credentialStore() const
{
    return d->services.credentials;
}

QString Session::language() const
{
    return d->services.language;
}

const MessageReader &Session::messageReader() const
{
    return d->services.readMessage;
}

const TokenTester &Session::tokenTester() const
{
    return d->services.testToken;
}

const MailSignIn &Session::mailSignIn() const
{
    return d->services.signInToMail;
}

const MessageSender &Session::messageSender() const
{
    return d->services.sendMessage;
}

const Verdict &Session::verdict() const
{
    if (!d->verdict)
        d->verdict = verdictOf(d->state, roadmap());
    return *d->verdict;
}

const std::vector<Risk> &Session::risks() const
{
    if (!d->risks)
        d->risks = rankRisks(d->state, roadmap());
    return *d->risks;
}

const FixPlan &Session::fixPlan() const
{
    const QDate today = QDate::currentDate(); // what was put off may have become due overnight
    if (!d->fixPlan || d->plannedFor != today) {
        d->plannedFor = today;
        d->fixPlan = planFixes(d->state, roadmap(), today);
    }
    return *d->fixPlan;
}

StageSummary Session::summary(int stageNumber) const
{
    const Stage *stage = roadmap().stage(stageNumber);
    if (!stage)
        return {};
    auto known = d->summaries.find(stageNumber);
    if (known == d->summaries.end())
        known = d->summaries.emplace(stageNumber, summaryOf(*stage, d->state)).first;
    return known->second;
}

ItemStatus Session::status(const Item &item) const
{
    return statusOf(item, d->state);
}

} // namespace cockpit
