// Reads one rule for secrets. Internal to the folder.
#pragma once

#include "checks/secrets/leakrule.h"

#include <QJsonObject>

namespace cockpit {

// The program's own rules have been checked by the tests: to ask Hyperscan about each takes a fifth of a second, and
// who compiles them all hears of a wrong one as well.
enum class PatternCheck { Whole, Form };

// BadInput names the rule and the first member that is wrong.
[[nodiscard]] Result<LeakRule> readLeakRule(const QJsonObject &json, PatternCheck check);

} // namespace cockpit
