// The risk register: open findings, worst for the business first, and why one stands above another.
#pragma once

#include "models/projectstate.h"
#include "models/roadmap.h"

#include <optional>
#include <vector>

namespace cockpit {

struct Risk
{
    Finding finding;
    std::optional<Decision> decision;
    bool breaksMinimumBar = false;
    int rank = 0; // 1 is the worst

    bool operator==(const Risk &) const = default;
};

// Order (a strict total order, so that it never reshuffles): severity, then impact, then whether it breaks the
// minimum bar, then proof, then effort (the quicker fix first), then finding id.
std::vector<Risk> rankRisks(const ProjectState &project, const Roadmap &roadmap);

// True when a stands above b.
bool ranksAbove(const Risk &a, const Risk &b);

// True for what makes the verdict no-go (verdict.h): critical, or high and below the minimum bar, and more than a lead.
bool blocksLaunch(const Risk &risk);

// One sentence naming the first criterion that decides: "Both are critical, but account takeover hurts more than …".
QString whyAbove(const Risk &a, const Risk &b);

} // namespace cockpit
