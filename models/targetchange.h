// What becomes of what is known when the hosts of a project change.
#pragma once

#include "models/projectstate.h"

namespace cockpit {

// The target changes: what was seen on hosts that no longer belong to it goes, with its findings and their decisions.
// A result about the whole target goes too when it spoke of such a host, or when the domain changes: it is not looked
// at until the next run. The history stays. So does what people said of those hosts (routes, access rules, examples of
// bodies): it was work, and the host may come back. Nobody asks it meanwhile, see isOnTarget().
void changeTarget(ProjectState &state, const Target &target);

// Whether what is said of this host holds for the target; always without a host, which is the usual one.
bool isOnTarget(const QString &host, const Target &target);
// The project's routes without those of hosts that it does not have: what is asked, and shown as asked.
std::vector<Route> routesOnTarget(const ProjectState &state);

} // namespace cockpit
