// The same fault in many places is one thing to repair: what a document tells once, with a row for each place.
#pragma once

#include "models/risk.h"

#include <vector>

namespace cockpit::handover {

// Of one code of a check, with the same severity and decision, the same words on why and how to repair.
struct RiskGroup
{
    std::vector<const Risk *> risks; // at least one, by rank

    const Risk &first() const { return *risks.front(); }
    bool isOne() const { return risks.size() == 1; }
    QString ranks() const; // "4, 5, 12"
    QString title() const; // the one that all have, else that of the first and how many more there are
    int effortMinutes() const;
};

// In the order of their first ones. Belong to the list.
std::vector<RiskGroup> groupsOf(const std::vector<Risk> &risks);

} // namespace cockpit::handover
