// The checks of the family "edge".
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

std::vector<Check> edgeChecks();

} // namespace cockpit
