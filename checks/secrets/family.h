// The checks of the family "secrets".
#pragma once

#include "checks/engine/check.h"

#include <vector>

namespace cockpit {

std::vector<Check> secretsChecks();

} // namespace cockpit
