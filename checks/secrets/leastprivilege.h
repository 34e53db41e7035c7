// secrets.least-privilege: each key has no more rights than it needs.
// observed: "listed": how many secrets are written down, "confirmed": of how many a person says that they may do no
// more than they need, "more_than_needed": [names], "not_looked_at": [names].
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

Check leastPrivilegeCheck();
// Reads facts.secrets.
Judged judgeLeastPrivilege(const ProjectFacts &facts);

} // namespace cockpit
