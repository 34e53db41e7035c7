// The checks of the family "abuse".
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

std::vector<Check> abuseChecks();

} // namespace cockpit
