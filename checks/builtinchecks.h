// Every check that is built. Adding a family is one line in builtinchecks.cpp; adding a check is one line in its
// family.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

CheckRegistry builtInChecks();

} // namespace cockpit
