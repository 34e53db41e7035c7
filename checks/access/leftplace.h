// Where an entry of an undo journal leads, and which of them lead to the same place. Pure.
#pragma once

#include "checks/actors/routeaddress.h"
#include "models/access/undojournal.h"

#include <algorithm>

namespace cockpit {

inline bool isSameRoute(const Route &a, const Route &b)
{
    return a.method == b.method && a.path == b.path && a.host == b.host;
}

// What is put back together: of one run, which read all of it before it changed anything.
inline bool isOfOnePlace(const JournalEntry &one, const JournalEntry &other)
{
    return one.run == other.run && one.actorId == other.actorId && one.contentType == other.contentType &&
           isSameRoute(one.create, other.create) && one.read && other.read && isSameRoute(*one.read, *other.read);
}

// A route of the project that the person lets us write to, now.
inline bool isSafeNow(const std::vector<Route> &routes, const std::optional<Route> &route)
{
    return route && std::ranges::any_of(
                        routes, [&](const Route &one) { return isSameRoute(one, *route) && maySafelyWrite(one); });
}

// Nothing, or a question that the project has: an entry comes from a file, which may be somebody else's.
inline bool isKnownQuestion(const std::vector<Route> &routes, const std::optional<Route> &route)
{
    const auto isIt = [&](const Route &one) { return isSameRoute(one, *route); };
    return !route || (route->method == QLatin1String("GET") && std::ranges::any_of(routes, isIt));
}

} // namespace cockpit
