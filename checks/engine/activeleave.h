// Whether a run may send hostile requests, decided in one place for the window and the command line.
#pragma once

#include "checks/engine/activeterms.h"
#include "checks/engine/netoptions.h"
#include "checks/engine/plan.h"
#include "models/projectstate.h"

#include <QDateTime>

#include <memory>
#include <optional>

namespace cockpit {

struct ActiveLeave
{
    PermissionState state = PermissionState::NotProven;
    std::optional<ActiveTerms> terms = {}; // only when `state` is Given; its secrets are for the caller to add

    bool isGiven() const { return terms.has_value(); }
};

// Of what the project says and where its addresses lead: a target whose hosts all lead to this computer counts as
// proven (Permission::proof is not needed), the agreement is needed all the same.
ActiveLeave activeLeave(const ProjectState &project, const NetOptions &net, const QDateTime &now);
// Into a plan: the terms, or the reason why there are none. With the terms comes the journal of the run, so that nobody
// sends hostile requests and forgets to say where it is written down what they leave (ActiveTerms::journal).
void give(const ActiveLeave &leave, const std::shared_ptr<UndoJournal> &journal, PlanRequest &request);

// Every host that hostile requests could go to is on this machine, by its name or by where its HTTPS port is led. Mail
// hosts are never sent any, so theirs does not matter.
bool leadsToThisComputer(const Target &target, const NetOptions &net);

} // namespace cockpit
