// A check: its declaration and its judge. See CONTRIBUTING.md for how to add one.
#pragma once

#include "checks/engine/allotment.h"
#include "checks/engine/observations.h"
#include "models/checkresult.h"
#include "models/codeaudience.h"
#include "models/dnsbaseline.h"
#include "models/projectstate.h"
#include "models/secret.h"
#include "models/target.h"

#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace cockpit {

// What a check needs from the founder before it can run; each has a sentence (labelOf) and a place in the window.
enum class Need { Routes, Redirects, TestAccounts, ApiToken, Consent, Folder, Samples, Message, Answer };
QString toWord(Need value);
QString labelOf(Need value); // "needs a list of routes: import OpenAPI, HAR or Postman"

enum class Scope {
    Target,   // asked once, about the domain
    EachHost, // asked for every host whose role is in Check::roles
};

// Limits that the chosen roadmap states and a user may change.
struct Policy
{
    std::optional<int> p95LimitMs;
    double p95RiseFactorAlarm = 2.0;

    bool operator==(const Policy &) const = default;
};

struct MonitorHistory
{
    Monitor monitor;
    std::vector<Sample> samples; // by time
};

// What the project already knows and a check may use.
struct ProjectFacts
{
    std::vector<Route> routes;
    std::vector<TestActor> actors = {};       // the test accounts; their secrets are with the active terms of the run
    std::vector<AccessRule> accessRules = {}; // what was said of cells of the matrix (models/access/accessmatrix.h)
    std::vector<RouteSample> samples = {};    // bodies for the routes that take one
    std::vector<RedirectEntry> redirects = {};
    std::vector<LocalSource> sources = {};             // what lies on this machine
    std::vector<SecretEntry> secrets = {};             // the inventory of the person
    CodeAudience codeAudience = CodeAudience::NotSaid; // as the person said
    QStringList dkimSelectors;
    QStringList listedNames = {}; // that the person imported or wrote down, A-labels
    std::vector<MonitorHistory> monitoring;
    std::optional<DeliveryProof> delivery; // of the last message that arrived and was read
    DnsHistory dns;
    // By CheckResult::key(): what the last look at the same target observed. Empty where nobody has looked yet.
    std::map<QString, QJsonObject> observedBefore = {};
    // By CheckResult::key(): how the last look at the same target ended.
    std::map<QString, Outcome> outcomesBefore = {};
    // By CheckResult::key(), those whose last look ended so (nothingtotry.h).
    std::set<QString> nothingToTryBefore = {};
    // By Finding::id(), those that somebody has accepted: who judges by what others found weighs them as the reports
    // do.
    std::set<QString> acceptedFindings = {};
    // Open, grave and accepted by nobody when the run began (models/stillfailing.h): it may not see all of it again.
    std::vector<Finding> openProblems = {};
    // Reads the settings of the edge (models/credentialkind.h). Empty: the project has none; an error: it could not be
    // fetched from where it is kept.
    std::optional<Result<Secret>> edgeToken = {};
    // Of the fingerprints by which two secrets are told apart without keeping either (checks/secrets/fingerprintkey.h).
    // Empty: this machine keeps none, and fingerprints are of one run alone.
    QByteArray fingerprintKey = {};

    // Of a check that looks at the whole target; empty when nobody has looked.
    QJsonObject lastObserved(const QString &checkId) const;
};

// All of them that the state holds; what was monitored is read from the file on its own.
ProjectFacts projectFactsOf(const ProjectState &state);

// Of one check that looks at several products in turn, each with accounts of its own (checks/actors/products.h): the
// turn of one of them.
struct ProductTurn
{
    QStringList hosts;             // of the target, that belong to it
    std::map<QString, int> most{}; // by account of the gate: what it may announce; where none is named, by the plan
    QStringList awaited = {};      // accounts of the gate that a product after it needs as well
};

// What a check gets. The references outlive the call.
struct Look
{
    Observations &seen;
    const Target &target;
    const Host *host = nullptr; // set for Scope::EachHost
    const Policy &policy;
    const ProjectFacts &facts;
    QDateTime startedAt;               // the run's wall clock: judges never ask for the time themselves
    const ProductTurn *turn = nullptr; // null: there is one product
};

// How many requests of that need a look may announce: ActiveGate::shareOf() of its run, less what is kept for products
// after it.
int mayAnnounce(const Look &look, const RequestNeed &need);
// No product after it sends under that account.
bool isLastTurn(const Look &look, const QString &account);
// The host belongs to the product that is looked at.
bool isOfProduct(const Look &look, const Host &host);

// What a judge says. `findings` need checkId, host, whyItMatters, fix.steps and items left empty: the engine fills
// them.
struct Judged
{
    Outcome outcome = Outcome::Pass;
    QString summary;              // one sentence of what was seen
    QString reason;               // not_run, not_applicable, error: why
    bool hasNothingToTry = false; // not_run, as the project has nothing for it (nothingtotry.h)
    QJsonObject observed;
    std::vector<Finding> findings;
    std::vector<Evidence> evidence;
    QHash<QString, QString> values; // placeholders for the guide
};

// The judgement for an observation that could not be made: error (or not_run when cancelled), with the reason.
Judged couldNotLook(const Error &error);
Judged notApplicable(const QString &reason);
Judged notRun(const QString &reason);
// The outcome that findings call for: fail with a critical or high one, warn with another, pass without any.
Outcome outcomeFor(const std::vector<Finding> &findings);

// When a check looks. Who does not look beside others waits until all of those have ended; then one begins after the
// other, in this order.
enum class LookTurn {
    BesideOthers,
    // What it changes for a moment could be told of others: an account that is an administrator meanwhile reads what
    // its role may not.
    Alone,
    // What it sends makes products refuse this computer for a while, or it judges by what the others of the run have
    // found (LooksSoFar).
    AloneLast,
};

// What is known of a product before anything is asked.
struct Outlook
{
    const Target &target;
    const ProjectFacts &facts;
};

struct Check
{
    QString id;
    Scope scope = Scope::Target;
    std::vector<HostRole> roles; // EachHost: which; empty: all but Mail
    std::vector<Impact> impacts; // that its findings can raise
    std::vector<Need> needs;
    std::vector<SourceKind> sources = {}; // with Need::Folder: it needs one of these at least
    // Asks for what it needs (blocking, bounded by the run) and returns its judge's answer. Runs on a worker.
    std::function<Judged(const Look &look)> look;
    // Of a check that sends active requests: how many it announces at most, and under which accounts. Pure, and without
    // a request; the look itself announces by the same numbers (ActiveGate::shareOf). Nothing where it would not begin.
    std::function<std::vector<RequestNeed>(const Outlook &outlook)> requests = {};
    bool spendsFirst = false; // of a budget that is too small for all
    LookTurn turn = LookTurn::BesideOthers;
    // It tells two secrets apart over several runs, and gets ProjectFacts::fingerprintKey for it. A check with
    // `sources` gets it where the project has some, without saying so.
    bool needsFingerprintKey = false;
};

// Every check that is built, by id. Filled once at start (checks/builtinchecks.h), then read from any thread.
class CheckRegistry
{
public:
    void add(Check check); // asserts that the id is new
    void add(std::vector<Check> checks);
    const Check *find(const QString &id) const;
    const std::vector<Check> &checks() const { return m_checks; }
    // Of the checks that read something on this machine, by id.
    std::map<QString, std::vector<SourceKind>> sourcesByCheck() const;

private:
    std::vector<Check> m_checks;
};

} // namespace cockpit
