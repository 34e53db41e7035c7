// secrets.build-output: built files hold no secret.
// observed: as judgeLeaks() has it.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

Check secretsBuildOutputCheck();

} // namespace cockpit
