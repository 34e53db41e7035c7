// Edge functions, called without a session: whoever calls one has it do what it does. Only where active requests are
// permitted to that host, and only those whose route the founder marked as safe to write.
#pragma once

#include "checks/access/backendreads.h"

namespace cockpit {

// Of the functions that the pages name, those with such a route (POST /functions/v1/<name> on the backend's host).
QStringList markedServices(const BackendFound &found, const std::vector<Route> &routes);

// What calling them takes at most: one request for each such route, whichever of them the pages turn out to name.
RequestNeed needOfServices(const std::vector<Route> &routes);

// Adds what was asked to the look; nothing where the run has no leave. One request for each. May wait while other
// checks hold what they may not need.
void callMarkedServices(const Look &look, BackendLook &seen);

} // namespace cockpit
