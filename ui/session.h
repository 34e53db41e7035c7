// The open project, without widgets: what pages show and what they ask for. Every change is applied at once and saved
// in the background; nothing here waits.
#pragma once

#include "checks/engine/actortrial.h"
#include "checks/engine/controlservices.h"
#include "checks/engine/edgetoken.h"
#include "checks/engine/guardservices.h"
#include "checks/engine/keytester.h"
#include "checks/engine/leftremoval.h"
#include "checks/engine/messagework.h"
#include "checks/engine/monitorservice.h"
#include "checks/engine/recordservices.h"
#include "checks/engine/runner.h"
#include "models/credentialstore.h"
#include "models/fixplan.h"
#include "models/handoverdocument.h"
#include "models/itemstate.h"
#include "models/projectstate.h"
#include "models/projectstore.h"
#include "models/risk.h"
#include "models/roadmap.h"
#include "models/verdict.h"
#include "ui/recordwatch.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace cockpit {

class StoreThread;

// What app/ passes in.
struct SessionServices
{
    RunServices run;
    NetOptions net;                         // overrides of the command line, or of the practice company
    std::vector<Roadmap> roadmaps;          // in the order of the start page
    CredentialStore *credentials = nullptr; // outlives the session
    SampleTaker takeSample;
    RecordServices records;
    MessageReader readMessage;
    MessageSender sendMessage;
    TokenTester testToken;
    MailSignIn signInToMail;
    GuardServices guards;
    KeyTester testKey;
    ControlLooker lookForControl;
    ActorTrier tryActor;
    LeftRemover removeLeft;
    // Seals the permission to send hostile requests, so that a project file that came by mail brings none. Blocks, on a
    // worker. Without it no permission outlives the session.
    std::function<QByteArray()> machineKey = {};
    QString language; // "en"
    QString toolVersion;
    RecordWatchPace recordWatch;
};

enum class SaveState { Saved, Saving, Failed };

// Lives on the GUI thread. While no project is open, project() is empty and asking for runs does nothing.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(SessionServices services, QObject *parent = nullptr);
    ~Session() override; // stops runs and monitors, saves what is pending

    // Asynchronous: ends in projectOpened() or openFailed().
    void createProject(const QString &path, const ProjectSettings &settings);
    // In `folder`, under the first name that is free: "name.cockpit", "name 2.cockpit", …
    // net: overrides for this project alone (the practice company's); empty: those of the services.
    void createProjectIn(const QString &folder, const QString &name, const ProjectSettings &settings,
                         const std::optional<NetOptions> &net = {});
    void openProject(const QString &path, OpenMode mode);
    void closeProject();
    // Tries again what could not be saved.
    void retrySaving();
    // The way out when that fails: everything goes into a new file at `path`, which is the project's from then on.
    void saveCopyAs(const QString &path, QObject *context, std::function<void(const Result<void> &)> done);

    bool isOpen() const;
    bool isReadOnly() const;
    QString path() const;
    SaveState saveState() const;

    const ProjectState &project() const;
    const Roadmap &roadmap() const; // of the open project; the default roadmap when none is open
    const std::vector<Roadmap> &roadmaps() const;
    const CheckCatalog &catalog() const;
    const CheckRegistry &registry() const;
    CredentialStore *credentialStore() const;
    const RecordServices &recordServices() const;
    const GuardServices &guardServices() const;
    const KeyTester &keyTester() const;
    const NetOptions &netOptions() const; // of the open project
    QString language() const;
    const MessageReader &messageReader() const;
    const MessageSender &messageSender() const;
    const TokenTester &tokenTester() const;
    const MailSignIn &mailSignIn() const;

    // Worked out from project() and roadmap(); cheap, cached until the next change.
    const Verdict &verdict() const;
    const std::vector<Risk> &risks() const;
    const FixPlan &fixPlan() const;
    StageSummary summary(int stageNumber) const;
    ItemStatus status(const Item &item) const;

    // Changes. Ignored with saveFailed() when the project is read-only.
    void setRoadmap(const QString &roadmapId);
    void setTarget(const Target &target); // ends a run; forgets what was seen on hosts that are gone
    void setDkimSelectors(const QStringList &selectors);
    void setName(const QString &name);
    void decide(const Decision &decision);
    void withdrawDecision(const QString &findingId);
    // What its provider said of the key that a finding is about; it stands in the finding's history.
    void noteKeyTrial(const QString &findingId, KeyStanding standing);
    void answer(const Answer &answer);
    void withdrawAnswer(const QString &subject);
    void setRoutes(const std::vector<Route> &routes);
    void setCredentials(const std::vector<Credential> &credentials); // names only; values go to credentialStore()
    // Those entries of the keychain were read to be used, now; nothing where the project is read-only.
    void noteCredentialUse(const QStringList &entries);
    void setOwnership(const std::vector<Ownership> &ownership);
    void setNames(const std::vector<ListedName> &names);
    void setSources(const std::vector<LocalSource> &sources);
    // Refused with saveFailed() when something in it looks like the value of a secret.
    void setSecrets(const std::vector<SecretEntry> &secrets);
    void setRedirects(const std::vector<RedirectEntry> &redirects);
    void setMonitors(const std::vector<Monitor> &monitors);
    void setDelivery(const Delivery &delivery);
    void noteIncident(const IncidentNote &note); // an empty text removes the note
    // The records that the last look at dns.drift saw are right from now on; nothing when there was none.
    void acceptDnsRecords();
    // How often they are compared while the project is open; one of kRecordWatchChoices. It is the same run as
    // checkAgain() begins, and waits for any other.
    void setRecordWatch(std::chrono::seconds interval);
    QDateTime nextRecordLook() const; // may be past: as soon as nothing else runs; null: none by itself

    // Permission to send hostile requests. permissionChanged() follows each.
    // The state of now: proofs expire while the project is open.
    PermissionState permissionState() const;
    // Made at the first call, and the project's from then on; what the TXT record or the file must show. Empty when the
    // project is read-only and has none.
    QString controlToken();
    // Looks for the token. Ends in `done` on this thread, unless `context` is gone by then or another project is
    // opened; what it proves is kept.
    void proveControl(ControlMethod method, QObject *context, std::function<void(const Result<ControlLook> &)> done);
    // Budget, proof and all; refused with saveFailed() where it breaks the rules of models/access/permission.h.
    void setPermission(const Permission &permission);
    void setActiveBudget(const ActiveBudget &budget); // a larger one takes the agreement back
    // The person agrees to hostile requests to this target, within the budget. BadInput without a name.
    void agree(const QString &by);
    void withdrawAgreement();
    // The kill switch: nothing is sent any more, at once and until it is taken back; a run goes on with what only
    // looks.
    void stopActive();
    void resumeActive();

    // Refused with saveFailed() for what the checks of models/access/ refuse.
    void setActors(const std::vector<TestActor> &actors);
    void setAccessRules(const std::vector<AccessRule> &rules);
    void setSamples(const std::vector<RouteSample> &samples);
    // Signs in as the account and asks who that is. Needs the permission; what was sent is in the log. Ends like
    // proveControl().
    void tryActor(const QString &actorId, QObject *context, std::function<void(const Result<ActorTrial> &)> done);

    // What earlier runs left in the product, the earliest first; read when the project is opened, and after each run.
    const std::vector<JournalEntry> &leftRecords() const;
    // Why removeLeftRecords() cannot ask now, as a sentence with what to do; empty: it can.
    QString whyLeftStays() const;
    // Takes them away by the permission, and looks whether they are gone; what was sent is in the log. Ends like
    // proveControl(), with what came of each.
    void removeLeftRecords(QObject *context, std::function<void(const Result<LeftReport> &)> done);
    // The person has seen to them by hand.
    void forgetLeftRecords(const QStringList &entryIds);

    // The audit log, newest last; asynchronous like loadSamples().
    void loadRequests(QObject *context, std::function<void(const Result<std::vector<LoggedRequest>> &)> done);
    void exportRequests(const QString &path, QObject *context, std::function<void(const Result<void> &)> done); // CSV

    // Runs.
    void runAll();
    void runStage(int stageNumber);
    void checkAgain(const QString &checkId, const QString &host); // host may be empty
    void runChecks(const QStringList &checkIds);                  // those alone
    // The checks that read such a text, with it beside the sources of the project. It is read in this run alone, and
    // overwritten after it.
    void runPasted(const PastedText &pasted);
    void stopRun();
    bool isRunning() const;
    const Plan &plan() const; // of the current or last run
    const Progress &progress() const;
    // Checks of the current run that have no result yet, by CheckResult::key().
    bool isPending(const QString &resultKey) const;

    // Samples are read in the background; the answer comes on this thread unless `context` is gone by then.
    void loadSamples(qint64 monitorId, const QDateTime &from, const QDateTime &to, QObject *context,
                     std::function<void(const Result<std::vector<Sample>> &)> done);
    void sampleNow(qint64 monitorId);

    // Everything the handover needs, samples of the last 30 days included; asynchronous like loadSamples().
    void collectHandover(QObject *context, std::function<void(const Result<HandoverInput> &)> done);

signals:
    void projectOpened();
    void projectClosed();
    // readable: the file that can be opened to look only, where that is what is left; else empty.
    void openFailed(const cockpit::Error &error, const QString &readable);
    void saveStateChanged(cockpit::SaveState state);
    void saveFailed(const cockpit::Error &error);

    void settingsChanged();                             // name, target, roadmap, the file's place
    void resultsChanged(const QStringList &resultKeys); // in batches while a run goes on
    void findingsChanged();                             // findings, decisions: risks(), verdict() and fixPlan() are new
    void answersChanged();
    void routesChanged();
    void credentialsChanged();
    void ownershipChanged();
    void namesChanged();
    void redirectsChanged();
    void sourcesChanged();
    void secretsChanged();
    void monitorsChanged();
    void deliveryChanged();
    void incidentNotesChanged();
    void dnsBaselineChanged();
    void recordWatchChanged();
    void permissionChanged();
    void actorsChanged();
    void accessRulesChanged();
    void routeSamplesChanged();
    void leftRecordsChanged();
    void requestsLogged(const std::vector<cockpit::LoggedRequest> &requests);
    void sampleAdded(const cockpit::Sample &sample);

    void runStarted();
    void runProgressed(const cockpit::Progress &progress);
    void runFinished();
    void runFailed(const cockpit::Error &error); // could not start

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cockpit
