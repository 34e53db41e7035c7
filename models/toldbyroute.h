// Findings that an earlier version raised once for all routes of a host, and that are told of each route now. What was
// decided about the old one goes along to those that take its place, and it closes then ("replaced" in the history).
#pragma once

#include "models/finding.h"

namespace cockpit {

// One of the old ones: it may be about any route, so that whatever hides a finding of its kind hides it as well.
bool isOfAllRoutes(const Finding &finding);

// The id of the old one in whose place this finding is told; empty for a finding that was never told so.
QString idOfAllRoutes(const Finding &finding);

} // namespace cockpit
