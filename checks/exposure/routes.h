// exposure.routes: every route is listed and marked open, signed-in or admin.
// observed: "routes": [{"method","path","host","access","guessed","source","seen"}]: what was found, "listed": how many
// the project lists, "unlisted": of the found ones, "guessed": listed ones whose access class nobody has confirmed,
// "unseen": listed ones that were found nowhere, "sources": [where was looked with success].
#pragma once

#include "checks/engine/check.h"
#include "checks/web/routeinventory.h"

namespace cockpit {

Check routesCheck();
Judged judgeRoutes(const RouteInventory &found, const std::vector<Route> &listed, const QString &usualHost);

} // namespace cockpit
