// The program's own rules, compiled once for all rows of a test.
#pragma once

#include "checks/secrets/patternset.h"

namespace cockpit::test {

inline const Result<std::shared_ptr<const PatternSet>> &allRules()
{
    static const auto patterns =
        loadLeakRules().and_then([](std::vector<LeakRule> rules) { return PatternSet::compile(std::move(rules)); });
    return patterns;
}

} // namespace cockpit::test
