// What a check remembers from look to look: CheckResult::observed. A look that ended with an error has seen nothing,
// and takes nothing of it away. Pure.
#pragma once

#include "models/checkresult.h"

namespace cockpit {

// What the last look that told anything observed.
QJsonObject memoryOf(const CheckResult &latest);

// result, to be kept in place of `before`: an error brings along what was remembered, apart from what it observed.
CheckResult withMemoryOf(const CheckResult &before, CheckResult result);

} // namespace cockpit
