// One fault at several places: what one route does not refuse others do not, mostly, and it is repaired in one place.
// Each place is a finding of its own, so that it closes by itself; people read the fault once. Pure.
#pragma once

#include "models/finding.h"

#include <algorithm>
#include <vector>

namespace cockpit {

// Findings of limits, bad input and access that differ in the place (the subject) and in what was seen there.
bool isSameFault(const Finding &a, const Finding &b);

// Things with findings in groups, in the order of their first ones; within a group their order stays.
// belongTogether: of two things.
template<typename Thing, typename BelongTogether>
std::vector<std::vector<Thing>> groupsOf(const std::vector<Thing> &things, BelongTogether belongTogether)
{
    std::vector<std::vector<Thing>> groups;
    for (const Thing &thing : things) {
        const auto group =
            std::ranges::find_if(groups, [&](const auto &one) { return belongTogether(one.front(), thing); });
        if (group == groups.end())
            groups.push_back({thing});
        else
            group->push_back(thing);
    }
    return groups;
}

} // namespace cockpit
