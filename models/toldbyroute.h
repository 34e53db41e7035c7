// Findings that an earlier version raised once for all routes of a host, and that are told of each route now. What was
// decided about the old one goes along to those of its routes that take its place, and it closes ("replaced" in the
// history) once no other route may still have it.
#pragma once

#include "models/checkresult.h"

namespace cockpit {

// One of the old ones: it may be about any route, so that whatever hides a finding of its kind hides it as well.
bool isOfAllRoutes(const Finding &finding);

// The id of the old one in whose place this finding is told; empty for a finding that was never told so.
QString idOfAllRoutes(const Finding &finding);

// `old`, one of all routes, names the route of this finding in what was seen. Only a few were named; what it does not
// name was decided by nobody.
bool isNamedIn(const Finding &old, const Finding &finding);

// The result tells of a route, in the place of `old`, and left out no other route that may have it.
bool takesPlaceOf(const Finding &old, const CheckResult &result);

} // namespace cockpit
