// The 48-hour plan: what to fix in which order, with effort and sums, beside the roadmap's own sprint rows.
#pragma once

#include "models/risk.h"

#include <vector>

namespace cockpit {

struct PlanStep
{
    Risk risk;
    int startsAtMinute = 0; // of work, counted from the start of the sprint
    int effortMinutes = 0;

    bool operator==(const PlanStep &) const = default;
};

struct FixPlan
{
    std::vector<PlanStep> steps; // fix-now, undecided and overdue findings, in fix order
    std::vector<Risk> later;     // decided: fix later, by a date that has not passed
    std::vector<Risk> accepted;
    int totalMinutes = 0;      // of steps
    bool fitsIn48Hours = true; // at kWorkMinutes of work

    bool operator==(const FixPlan &) const = default;
};

// Two working days of eight hours each fit into a 48-hour sprint.
constexpr int kWorkMinutes = 2 * 8 * 60;

// Fix order: blockers by rank, then by rank; of two findings with the same severity and impact the quicker goes first.
// What was put off comes back into the plan the day after its date.
FixPlan planFixes(const ProjectState &project, const Roadmap &roadmap, const QDate &today);

bool isOverdue(const Risk &risk, const QDate &today);

} // namespace cockpit
