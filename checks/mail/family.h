// The checks of the family "mail".
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

std::vector<Check> mailChecks();

} // namespace cockpit
