#include "models/stillfailing.h"

#include "models/projectstate.h"
#include "models/unseen.h"

#include <algorithm>

namespace cockpit {

bool isGraveFinding(const Finding &finding)
{
    CheckResult alone;
    alone.findings = {finding};
    return caseLookOf(alone).isGrave;
}

bool leavesOpen(const CheckResult &result, const Finding &finding)
{
    const bool isThere = result.checkId == finding.checkId && (result.host.isEmpty() || result.host == finding.host);
    return isThere && !hasSeen(result, finding);
}

std::vector<Finding> openProblems(const ProjectState &state)
{
    std::vector<Finding> open;
    for (const auto &[findingId, record] : state.findings) {
        const auto decided = state.decisions.find(findingId);
        const bool isAccepted = decided != state.decisions.end() && decided->second.kind == DecisionKind::Accepted;
        if (record.isOpen() && !isAccepted && isGraveFinding(record.finding))
            open.push_back(record.finding);
    }
    return open;
}

void addStillFailing(const std::vector<Finding> &open, const std::vector<CheckResult> &now, CaseLooks &looks)
{
    for (const Finding &finding : open) {
        if (std::ranges::any_of(now, [&](const CheckResult &result) { return leavesOpen(result, finding); }))
            looks[finding.checkId].push_back({.outcome = Outcome::Fail});
    }
}

} // namespace cockpit
