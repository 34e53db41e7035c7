// "and", "or" and "not" of a rule's expression, as branches of which one has to fit.
#pragma once

#include "checks/edge/ruleexpression.h"

#include <optional>
#include <utility>

namespace cockpit {

using RuleBranches = std::vector<RuleBranch>;

constexpr size_t kMostBranches = 64; // a rule that people wrote has a handful

// One branch without a condition: every request.
RuleBranches everyRequest();

// Groups within groups: "or" binds least ("xor" is taken for one), then "and", then "not".
class RuleBrancher
{
public:
    // A parenthesis; one too many is passed over.
    void open(bool isNot);
    void close();
    // What "and" joins to the term at hand, and the "or" that ends it.
    void add(const RuleBranches &operand);
    void endTerm();
    // Empty optional: it branches out too far.
    std::optional<RuleBranches> end();

private:
    struct Group
    {
        bool isNot = false;
        RuleBranches any;  // the terms that "or" has ended
        RuleBranches term; // what "and" has joined since
        bool hasTerm = false;
        bool hasAny = false;
    };

    std::vector<Group> m_open{Group{}};
    bool m_isTooMuch = false;
};

} // namespace cockpit
