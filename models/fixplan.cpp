#include "models/fixplan.h"

#include <algorithm>
#include <tuple>

namespace cockpit {

namespace {

// What stops the launch first; among equals in severity and impact the quicker fix, so that most is gone soonest.
bool isFixedBefore(const Risk &a, const Risk &b)
{
    const auto order = [](const Risk &risk) {
        return std::tuple(!blocksLaunch(risk), risk.finding.severity, risk.finding.impact, risk.finding.effortMinutes,
                          risk.rank);
    };
    return order(a) < order(b);
}

bool isDueBefore(const Risk &a, const Risk &b)
{
    return std::tuple(a.decision->until, a.rank) < std::tuple(b.decision->until, b.rank);
}

void addStep(FixPlan &plan, const Risk &risk)
{
    const int effort = std::max(0, risk.finding.effortMinutes);
    plan.steps.push_back({.risk = risk, .startsAtMinute = plan.totalMinutes, .effortMinutes = effort});
    plan.totalMinutes += effort;
}

} // namespace

bool isOverdue(const Risk &risk, const QDate &today)
{
    return risk.decision && risk.decision->kind == DecisionKind::FixLater && risk.decision->until.isValid() &&
           risk.decision->until < today;
}

FixPlan planFixes(const ProjectState &project, const Roadmap &roadmap, const QDate &today)
{
    FixPlan plan;
    std::vector<Risk> now;
    for (const Risk &risk : rankRisks(project, roadmap)) {
        switch (risk.decision ? risk.decision->kind : DecisionKind::FixNow) {
        case DecisionKind::FixNow:
            now.push_back(risk);
            break;
        case DecisionKind::FixLater:
            (isOverdue(risk, today) ? now : plan.later).push_back(risk);
            break;
        case DecisionKind::Accepted:
            plan.accepted.push_back(risk);
            break;
        }
    }
    std::ranges::sort(now, isFixedBefore);
    for (const Risk &risk : now)
        addStep(plan, risk);
    std::ranges::sort(plan.later, isDueBefore);
    plan.fitsIn48Hours = plan.totalMinutes <= kWorkMinutes;
    return plan;
}

} // namespace cockpit
