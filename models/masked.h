// The last thing that happens to a result before it leaves the engine, and again before it reaches the disk: whatever
// came from a target, with secrets masked and control characters removed.
#pragma once

#include "models/checkresult.h"

#include <vector>

namespace cockpit {

class Secret;

// Every text of the result, its findings' subjects included, so that ids are made of masked text; only the names of
// checks, hosts and items stay as they are, which the project itself names. Idempotent.
CheckResult masked(CheckResult result);
// The same, and these exact values as well (redactor.h): what the run signed in with.
CheckResult masked(CheckResult result, const std::vector<Secret> &known);

} // namespace cockpit
