// The checks of the family "exposure".
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

std::vector<Check> exposureChecks();

} // namespace cockpit
