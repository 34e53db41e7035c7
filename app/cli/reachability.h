// Tells a target with problems from a target that is not there at all.
#pragma once

#include "checks/engine/netoptions.h"
#include "models/checkresult.h"
#include "models/target.h"

namespace cockpit {

// Success when the run saw the target: some check beyond name service reached an outcome, or its domain exists in DNS.
// Otherwise NotFound (no such name) or Unreachable, with one sentence. Asks DNS once when the results do not tell, so
// it may take as long as one operation.
[[nodiscard]] Result<void> verifyReached(const Run &run, const Target &target, const NetOptions &net);

} // namespace cockpit
