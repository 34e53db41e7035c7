// How a check asks for the siege of the login.
#pragma once

#include "checks/abuse/loginsiege.h"
#include "checks/engine/check.h"

namespace cockpit {

// Signs the test accounts in first, as a block would keep them out of the other checks. NotFound
// when the project has no login that can be tried; else the errors of the siege.
[[nodiscard]] Result<SiegeReport> siegeFor(const Look &look, const BlockPatience &patience);

} // namespace cockpit
