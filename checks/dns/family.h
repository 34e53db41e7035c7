// The checks of the family "dns".
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

std::vector<Check> dnsChecks();

} // namespace cockpit
