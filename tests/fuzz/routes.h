// What every reader of routes promises, whatever it is given.
#pragma once

#include "fuzz/fuzz.h"

#include "models/routes/importers.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

namespace cockpit {

inline void look(const std::vector<Route> &routes, size_t most = kMostImportedRoutes)
{
    promise(routes.size() <= most, "a list of routes has an end");
    for (const Route &route : routes) {
        promise(routeMethods().contains(route.method), "a method is one of HTTP's");
        promise(route.path.startsWith(u'/'), "a path begins with a slash");
        promise(!route.path.contains(u'?'), "no query is kept");
        promise(route.seen.isEmpty() || route.seen.startsWith(u'/'), "what was seen is a path");
        promise(shapeOf(route.path) == shapeOf(pathTemplate(route.path).path), "a template stays one");
        promise(checkedRoute(route).has_value(), "a person could have typed it");
    }
    const std::vector<Route> once = mergedRoutes({}, routes);
    promise(mergedRoutes(once, routes).size() == once.size(), "merging twice adds nothing");
    promise(collapsedNeighbours(once).size() <= once.size(), "neighbours do not get more");
    promise(routesFromJson(toJson(once)) == once, "a list comes back from JSON");
}

} // namespace cockpit
