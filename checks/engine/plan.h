// The plan of a run: which checks run on which hosts, and why the others do not.
#pragma once

#include "checks/engine/activegate.h"
#include "checks/engine/check.h"
#include "checks/engine/pastedtext.h"
#include "models/checkcatalog.h"
#include "models/decision.h"
#include "models/roadmap.h"

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace cockpit {

struct PlanRequest
{
    Target target;
    Roadmap roadmap;
    ProjectFacts facts;
    PastedText pasted = {};                 // a source beside those of the facts, of this run alone
    std::map<QString, Answer> answers = {}; // of people, by subject
    int stage = 0;                          // 0: all of the catalogue
    QStringList only;                       // ids or "family.*"; empty: all
    QStringList skip;
    std::optional<QString> onlyHost; // Check again on one host
    // What active checks may do, where that was permitted; without it none of them runs.
    std::optional<ActiveTerms> active = {};
    // Why `active` is empty: the reason that such checks are given.
    PermissionState permission = PermissionState::NotProven;
};

struct PlannedCheck
{
    QString checkId;
    std::optional<Host> host;
    bool runs = false;
    Outcome outcomeIfNot = Outcome::NotRun; // when it does not run
    QString reason;                         // "not built yet", "needs a list of routes: …"
    LookTurn turn = LookTurn::BesideOthers;
    bool getsLeftovers = false; // nothing is kept for it of the requests that the run may send

    bool operator==(const PlannedCheck &) const = default;
};

struct Plan
{
    std::vector<PlannedCheck> checks; // catalogue order
    // Of the checks in it that look at hosts one by one; also hosts that this run leaves out. What is known of a check
    // on any other host is out of date.
    AskedHosts askedHosts;
    // What checks need of the active requests that the run may send, and what they get, in the order of spending.
    // Empty without leave to send any.
    std::vector<RequestClaim> claims = {};
    std::vector<Allotment> allotments = {};

    int runCount() const;
    bool operator==(const Plan &) const = default;
};

// Unknown ids or families in only/skip are a BadInput error that names the nearest valid word.
[[nodiscard]] Result<Plan> makePlan(const PlanRequest &request, const CheckCatalog &catalog,
                                    const CheckRegistry &registry);

// The lines of the plan that run, in the order in which they begin: those that wait for what others leave after the
// others, by the order of spending; then those that look alone.
std::vector<PlannedCheck> startOrder(const Plan &plan);

// What the active checks of a run may send at most, for who agrees to it.
class RequestForecast
{
public:
    RequestForecast() = default;
    // spenders: by account, the ids of the checks that spend from it.
    RequestForecast(std::vector<RequestClaim> claims, int accounts, std::map<QString, QStringList> spenders = {})
        : m_claims(std::move(claims)), m_accounts(accounts), m_spenders(std::move(spenders))
    {
    }

    // In the order of spending, with that budget.
    std::vector<Allotment> within(int budget) const;
    int signIns() const { return kSignInRequests * m_accounts; }
    int sum() const;    // of all checks, and the sign-ins
    int enough() const; // the smallest budget that suffices; 0: nothing is sent
    // Ids of the checks that spend from an account of within(), the one that it is named after first.
    QStringList checksOf(const QString &account) const;
    // Ids of checks that begin with less than they could use, and of those that run only where others leave enough.
    QStringList cutWithin(int budget) const;
    QStringList waitingWithin(int budget) const;

private:
    QStringList idsWithin(int budget, const std::function<bool(const Allotment &)> &isMeant) const;

    std::vector<RequestClaim> m_claims;
    int m_accounts = 0;
    std::map<QString, QStringList> m_spenders;
};

// As if leave were given, whether or not it is; every account is taken to have its value. Empty where makePlan() fails
// or nothing that runs sends active requests.
RequestForecast requestForecast(PlanRequest request, const CheckCatalog &catalog, const CheckRegistry &registry);

// Whether a check that is asked for has that need: what it takes to meet it (a keychain that asks the person) is done
// for no other run.
bool looksFor(Need need, const PlanRequest &request, const CheckCatalog &catalog, const CheckRegistry &registry);

// The checks that read what was pasted, in the order of the registry.
QStringList readersOf(SourceKind pasted, const CheckRegistry &registry);

// Whether one of the sources is of a kind that the check reads.
bool hasSourceFor(const Check &check, const std::vector<LocalSource> &sources);

Policy policyOf(const Roadmap &roadmap);

} // namespace cockpit
