// The checks of the family "monitor".
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

std::vector<Check> monitorChecks();

} // namespace cockpit
