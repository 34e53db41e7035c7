// secrets.app-package: the installable app, once unpacked, holds no secret.
// observed: as judgeLeaks() has it.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

Check secretsAppPackageCheck();

} // namespace cockpit
