// The checks of the family "access".
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

std::vector<Check> accessChecks();

} // namespace cockpit
