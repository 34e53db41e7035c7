// Everything that is known about one product, as plain values: what the project file holds and the pages show.
#pragma once

#include "models/access/accessrule.h"
#include "models/access/actor.h"
#include "models/access/permission.h"
#include "models/access/routesample.h"
#include "models/checkresult.h"
#include "models/decision.h"
#include "models/delivery.h"
#include "models/dnsbaseline.h"
#include "models/inventory.h"
#include "models/localsource.h"
#include "models/monitoring.h"
#include "models/redirectmap.h"
#include "models/secretsinventory.h"
#include "models/target.h"

#include <QDateTime>
#include <QHash>
#include <QString>

#include <map>
#include <vector>

namespace cockpit {

struct Route
{
    QString method = QStringLiteral("GET");
    QString path; // with templates: /invoices/{id}
    AccessClass access = AccessClass::SignedIn;
    QString host; // the host it is asked on; empty: the api host, else app, else site
    bool safeToWrite = false;
    QString source; // where it was learnt ("OpenAPI", "typed"); several with commas between them
    bool isGuessed =
        false; // the access class is taken from the name of the address: neither a person nor a document said it
    QString seen = {}; // a path that was met in place of the template ("/invoices/17"): the only ids that are asked for

    bool operator==(const Route &) const = default;
};

// A name and what it is for; the value is in the keychain under keychainEntry and nowhere else.
struct Credential
{
    QString name;
    QString purpose;
    QString keychainEntry;
    QDateTime createdAt;
    QDateTime lastUsedAt;

    bool operator==(const Credential &) const = default;
};

// The row of the providers-and-owners table of the handover: who runs a system and who can sign in to it.
struct Ownership
{
    QString system;   // "Domain", "DNS", "Edge", "App hosting", "Email in", …
    QString provider; // recognised or typed
    QString owner;
    QString backup;
    QString notes;

    bool operator==(const Ownership &) const = default;
};

// A finding over time: first seen, last seen, and closed when a re-check passed.
struct FindingRecord
{
    Finding finding;
    QDateTime firstSeen;
    QDateTime lastSeen;
    QDateTime closedAt; // null while open

    bool isOpen() const { return closedAt.isNull(); }
    bool operator==(const FindingRecord &) const = default;
};

// One line of a finding's history (found, closed, found again, decided about).
struct HistoryEntry
{
    QString findingId;
    QDateTime at;
    // Stable word: found, closed, reopened, decided, tried, carried (carrieddecision.h), replaced (toldbyroute.h).
    QString event;
    QString note;

    bool operator==(const HistoryEntry &) const = default;
};

struct ProjectSettings
{
    QString name;
    Target target;
    QString roadmapId;
    QStringList dkimSelectors;

    bool operator==(const ProjectSettings &) const = default;
};

struct ProjectState
{
    ProjectSettings settings;
    std::map<QString, CheckResult> latest;     // by CheckResult::key()
    std::map<QString, FindingRecord> findings; // by Finding::id()
    std::map<QString, Decision> decisions;     // by finding id
    std::map<QString, Answer> answers;         // by subject
    std::vector<Route> routes;
    std::vector<RouteSample> samples; // bodies for those that take one
    Permission permission;            // to send hostile requests
    std::vector<TestActor> actors;    // the test accounts, in the order of the person
    std::vector<AccessRule> accessRules;
    std::vector<Credential> credentials;
    std::vector<Ownership> ownership;
    std::vector<RedirectEntry> redirects; // the old addresses, in the order of the person
    std::vector<LocalSource> sources;     // what lies on this machine, in the order of the person
    std::vector<SecretEntry> secrets;     // the inventory, in the order of the person; never a value
    std::vector<ListedName> names;        // imported, or given a purpose by the person
    std::vector<Monitor> monitors;
    std::vector<IncidentNote> incidentNotes;
    std::optional<DnsBaseline> dnsBaseline;
    std::chrono::seconds recordWatch = kUsualRecordWatch; // how often it is compared; zero: only when asked
    std::vector<HistoryEntry> history;
    Delivery delivery;
    std::optional<Run> lastRun; // that was more than a record look (recordwatch.h); its results are in `latest`
};

// Folds one run's results into the state: replaces the latest result of each (check, host) looked at, opens new
// findings, refreshes known ones, closes those whose check ran again and no longer raises them (only when the check
// would have seen them, unseen.h: not_run and error close nothing), and notes each change in the history. A finding
// that opens takes over what was decided about the same secret elsewhere (carrieddecision.h).
void applyResults(ProjectState &state, const std::vector<CheckResult> &results, const QDateTime &at);

// The latest results of one check: one, or one for each host that it was asked on. They point into the state.
std::vector<const CheckResult *> latestOf(const QString &checkId, const ProjectState &state);

// What a look for changed DNS records starts from.
DnsHistory dnsHistoryOf(const ProjectState &state);

// Findings that are open, in no particular order.
std::vector<Finding> openFindings(const ProjectState &state);

} // namespace cockpit
