// The checks of the family "ai".
#pragma once

#include "checks/engine/check.h"

#include <vector>

namespace cockpit {

std::vector<Check> aiChecks();

} // namespace cockpit
