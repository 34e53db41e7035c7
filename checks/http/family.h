// The checks of the family "http".
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

std::vector<Check> httpChecks();

} // namespace cockpit
