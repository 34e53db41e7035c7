// secrets.inventory: every secret has an owner, a scope, a storage place and a rotation status.
// observed: "listed": how many secrets are written down, "complete": of how many everything is said,
// "incomplete": [{"name","missing": [words]}], "not_listed": [names of secrets that were found and are not written
// down].
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

Check secretsInventoryCheck();
// Reads facts.secrets, and what the last looks for secrets observed.
Judged judgeSecretsInventory(const ProjectFacts &facts);

} // namespace cockpit
