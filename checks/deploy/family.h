// The checks of the family "deploy".
#pragma once

#include "checks/engine/check.h"

#include <vector>

namespace cockpit {

std::vector<Check> deployChecks();

} // namespace cockpit
