// The checks of the family "tls".
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

std::vector<Check> tlsChecks();

} // namespace cockpit
