// secrets.rotation: every exposed secret was replaced, and the old one no longer works.
// observed: "listed": how many secrets are written down, "exposed": how many of them are or were exposed, "replaced":
// of how many of those the old value is shown dead, "not_replaced": [{"name","done": steps 0..4,"next": step}],
// "not_listed": [names of secrets that were found and are not written down], "unknown": [names of secrets of which
// nobody said whether they are exposed], "overdue": [names].
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

Check secretsRotationCheck();
// Reads facts.secrets, and what the last looks for secrets observed.
Judged judgeSecretsRotation(const ProjectFacts &facts, const QDate &today);

} // namespace cockpit
