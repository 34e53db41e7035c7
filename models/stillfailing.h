// What was found before and no look has seen mended: a look that could not see it, wholly or at that place, is no proof
// that a case of the regression suite holds again.
#pragma once

#include "models/finding.h"
#include "models/regressionsuite.h"

#include <vector>

namespace cockpit {

struct ProjectState;

// By itself it fails a case: proven or strong, and more than a matter of tidiness (caseLookOf()).
bool isGraveFinding(const Finding &finding);

// The last look of the finding's check there, which has not seen that it is mended (hasSeen()). False for other checks
// and other hosts.
bool leavesOpen(const CheckResult &result, const Finding &finding);

// Findings that are open, grave and accepted by nobody. Of a project into which a run was folded: after that run.
std::vector<Finding> openProblems(const ProjectState &state);

// Adds a failed look to each check of which one of these results leaves one of the findings open.
void addStillFailing(const std::vector<Finding> &open, const std::vector<CheckResult> &now, CaseLooks &looks);

} // namespace cockpit
