// The rules for secrets that come with the program.
#pragma once

#include "checks/secrets/leakrule.h"

#include <vector>

namespace cockpit::test {

// None where they cannot be loaded, which LeakRulesTest::comesWithManyRules tells.
inline const std::vector<LeakRule> &rules()
{
    static const auto loaded = loadLeakRules();
    static const std::vector<LeakRule> none;
    return loaded ? *loaded : none;
}

} // namespace cockpit::test
