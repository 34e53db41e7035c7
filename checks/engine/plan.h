// The plan of a run: which checks run on which hosts, and why the others do not.
#pragma once

#include "checks/engine/activeterms.h"
#include "checks/engine/check.h"
#include "models/checkcatalog.h"
#include "models/roadmap.h"

#include <optional>
#include <vector>

namespace cockpit {

struct PlanRequest
{
    Target target;
    Roadmap roadmap;
    ProjectFacts facts;
    int stage = 0;    // 0: all of the catalogue
    QStringList only; // ids or "family.*"; empty: all
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

    bool operator==(const PlannedCheck &) const = default;
};

struct Plan
{
    std::vector<PlannedCheck> checks; // catalogue order
    // Of the checks in it that look at hosts one by one; also hosts that this run leaves out. What is known of a check
    // on any other host is out of date.
    AskedHosts askedHosts;

    int runCount() const;
    bool operator==(const Plan &) const = default;
};

// Unknown ids or families in only/skip are a BadInput error that names the nearest valid word.
[[nodiscard]] Result<Plan> makePlan(const PlanRequest &request, const CheckCatalog &catalog,
                                    const CheckRegistry &registry);

// Whether a check that is asked for has that need: what it takes to meet it (a keychain that asks the person) is done
// for no other run.
bool looksFor(Need need, const PlanRequest &request, const CheckCatalog &catalog, const CheckRegistry &registry);

// Whether one of the sources is of a kind that the check reads.
bool hasSourceFor(const Check &check, const std::vector<LocalSource> &sources);

Policy policyOf(const Roadmap &roadmap);

} // namespace cockpit
