// Routes that nobody wrote down, read out of the code that the pages send to browsers.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

// Addresses of an API that can be read, each on the host whose page names it; none whose name says that asking it does
// something ("/api/logout") or that it is for everybody ("/api/health").
std::vector<Route> minedRoutes(const Look &look);

// Private and without effect, by its name.
bool isWorthAsking(const QString &path);

} // namespace cockpit
