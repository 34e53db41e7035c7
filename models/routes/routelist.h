// The list of a product's routes: checked, merged, sorted out, exported.
#pragma once

#include "models/projectstate.h"
#include "models/result.h"

#include <QByteArray>
#include <QJsonArray>

#include <vector>

namespace cockpit {

// GET, PUT and so on, as a person chooses from.
const QStringList &routeMethods();
// Only looks: GET and HEAD (RFC 9110, 9.2.1), and not a named operation of GraphQL.
bool onlyReads(const Route &route);

// Method in capitals, host normalised; refuses a path without its slash and an unknown method with a sentence.
[[nodiscard]] Result<Route> checkedRoute(Route route);

// The known ones, then those of `added` that none of them is: same method, same path whatever its holes are called,
// same host (one without a host is on usualHost). A known route learns from its double: where it was also met, an id
// that was seen, and who may call it where that was a guess and is said now.
std::vector<Route> mergedRoutes(std::vector<Route> known, const std::vector<Route> &added,
                                const QString &usualHost = {});

// Pages, each once. Twenty and more that differ in their last part only, and that the same people may open, are one:
// /blog/{slug}. Where those of other people stand beside them, the larger group is one, unless such a template is there
// for others already. Not for calls: /api/orders and /api/users are two, however many stand beside them.
std::vector<Route> collapsedNeighbours(const std::vector<Route> &pages);

// Those on hosts of the target's own domains; the rest (maps, payments, statistics) is counted.
struct OwnRoutes
{
    std::vector<Route> routes;
    int foreign = 0;
    QStringList foreignHosts; // each once
};
OwnRoutes ownRoutes(const std::vector<Route> &routes, const Target &target);

// With a header, UTF-8, CRLF (RFC 4180), formulas made harmless.
QByteArray routesCsv(const std::vector<Route> &routes);

// As a look found them: [{"method","path","host","access","guessed","source","seen"}]. Reading back leaves out what is
// not a route.
QJsonArray toJson(const std::vector<Route> &routes);
std::vector<Route> routesFromJson(const QJsonArray &rows);

} // namespace cockpit
