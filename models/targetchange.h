// What becomes of what is known when the hosts of a project change.
#pragma once

#include "models/projectstate.h"

namespace cockpit {

// The target changes: what was seen on hosts that no longer belong to it goes, with its findings and their decisions.
// A result about the whole target goes too when it spoke of such a host, or when the domain changes: it is not looked
// at until the next run. The history stays.
void changeTarget(ProjectState &state, const Target &target);

} // namespace cockpit
