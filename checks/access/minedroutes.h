// Routes that nobody wrote down, found by looking at the product from outside.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

// Reads that look private, each on the host where it was found; none whose name says that asking it does something
// ("/api/logout") or that it is for everybody ("/api/health"), and none of `listed`.
std::vector<Route> minedRoutes(const Look &look, const std::vector<Route> &listed);

// Private and without effect, by its name.
bool isWorthAsking(const QString &path);

} // namespace cockpit
