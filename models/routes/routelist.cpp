#include "models/routes/routelist.h"

#include "models/csv.h"
#include "models/routes/pathtemplate.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RouteList)
};

using Identity = std::tuple<QString, QString, QString>;

Identity identityOf(const Route &route, const QString &usualHost)
{
    return {route.method, shapeOf(route.path), route.host.isEmpty() ? usualHost : route.host};
}

void learnFrom(Route &known, const Route &other)
{
    constexpr int kMostSources = 5;
    if (known.isGuessed && !other.isGuessed) {
        known.access = other.access;
        known.isGuessed = false;
    }
    if (known.seen.isEmpty())
        known.seen = other.seen;
    const QStringList sources = known.source.split(u", "_s, Qt::SkipEmptyParts);
    if (!other.source.isEmpty() && !sources.contains(other.source) && sources.size() < kMostSources)
        known.source = (sources + QStringList(other.source)).join(u", "_s);
}

// Where neighbours stand: everything but the last part of the path.
using Neighbourhood = std::tuple<QString, QString, QString>;

// The parts of an API stand beside each other as articles do, and are different doors.
bool isBelowApi(const QString &path)
{
    static const QRegularExpression api(u"/(?:api|apis|rest|graphql|trpc|rpc|v[0-9]{1,2})/"_s,
                                        QRegularExpression::CaseInsensitiveOption);
    return api.match(path).hasMatch();
}

std::optional<Neighbourhood> neighbourhoodOf(const Route &route)
{
    const qsizetype slash = route.path.lastIndexOf(u'/');
    const bool hasName = slash > 0 && slash + 1 < route.path.size();
    if (!hasName || route.path.contains(u'#') || isBelowApi(route.path))
        return std::nullopt;
    return Neighbourhood{route.method, route.path.first(slash + 1), route.host};
}

bool endsInHole(const Route &route)
{
    return route.path.indexOf(u'{', route.path.lastIndexOf(u'/')) >= 0;
}

// Whose pages become one, by place. Under one template the pages of others would be taken for these, so they keep
// their names; and where a template stands already that is for others, all do.
std::map<Neighbourhood, AccessClass> crowdedPlaces(const std::vector<Route> &pages)
{
    constexpr int kManyNeighbours = 20;
    std::map<Neighbourhood, std::map<AccessClass, int>> groups;
    for (const Route &page : pages) {
        if (const auto place = neighbourhoodOf(page); place && !endsInHole(page))
            ++groups[*place][page.access];
    }
    std::map<Neighbourhood, AccessClass> crowded;
    for (const auto &[place, counts] : groups) {
        const auto largest = std::ranges::max_element(counts, {}, [](const auto &group) { return group.second; });
        if (largest->second >= kManyNeighbours)
            crowded.emplace(place, largest->first);
    }
    for (const Route &page : pages) {
        const auto place = endsInHole(page) ? neighbourhoodOf(page) : std::nullopt;
        const auto known = place ? crowded.find(*place) : crowded.end();
        if (known != crowded.end() && known->second != page.access)
            crowded.erase(known);
    }
    return crowded;
}

bool isOfTarget(const QString &host, const Target &target)
{
    const QString domain = registrableDomain(host);
    return std::ranges::any_of(
        target.hosts, [&](const Host &own) { return own.name == host || registrableDomain(own.name) == domain; });
}

} // namespace

const QStringList &routeMethods()
{
    static const QStringList all{u"GET"_s,    u"POST"_s, u"PUT"_s,     u"PATCH"_s,
                                 u"DELETE"_s, u"HEAD"_s, u"OPTIONS"_s, u"TRACE"_s};
    return all;
}

bool onlyReads(const Route &route)
{
    return (route.method == "GET"_L1 || route.method == "HEAD"_L1) && !route.path.contains(u'#');
}

Result<Route> checkedRoute(Route route)
{
    route.method = route.method.toUpper();
    if (!routeMethods().contains(route.method))
        return failure(ErrorKind::BadInput, Text::tr("%1 is no method of HTTP.").arg(route.method));
    if (!route.path.startsWith(u'/'))
        return failure(ErrorKind::BadInput, Text::tr("A path begins with a slash, for example /invoices/{id}."));
    if (route.host.isEmpty())
        return route;
    const auto host = normaliseHostName(route.host);
    if (!host)
        return tl::unexpected(host.error());
    route.host = *host;
    return route;
}

std::vector<Route> mergedRoutes(std::vector<Route> known, const std::vector<Route> &added, const QString &usualHost)
{
    // Files of ten thousand routes exist: no list is searched for each of them.
    std::map<Identity, size_t> places;
    for (size_t i = 0; i < known.size(); ++i)
        places.emplace(identityOf(known[i], usualHost), i);
    for (const Route &route : added) {
        const auto [place, isNew] = places.emplace(identityOf(route, usualHost), known.size());
        if (isNew)
            known.push_back(route);
        else
            learnFrom(known[place->second], route);
    }
    return known;
}

std::vector<Route> collapsedNeighbours(const std::vector<Route> &pages)
{
    const std::vector<Route> once = mergedRoutes({}, pages); // one page met twenty times has no neighbour
    const std::map<Neighbourhood, AccessClass> crowded = crowdedPlaces(once);
    std::vector<Route> collapsed;
    collapsed.reserve(once.size());
    std::set<Neighbourhood> isThere;
    for (Route route : once) {
        const auto place = endsInHole(route) ? std::nullopt : neighbourhoodOf(route);
        const auto crowd = place ? crowded.find(*place) : crowded.end();
        const bool isOneOfThem = crowd != crowded.end() && crowd->second == route.access;
        if (isOneOfThem && !isThere.insert(*place).second)
            continue;
        if (isOneOfThem) {
            route.seen = hasHoles(route.path) ? route.seen : route.path;
            route.path = std::get<1>(*place) + u"{slug}"_s;
        }
        collapsed.push_back(std::move(route));
    }
    // /blog/17 is a template of that place already.
    return crowded.empty() ? collapsed : mergedRoutes({}, collapsed);
}

OwnRoutes ownRoutes(const std::vector<Route> &routes, const Target &target)
{
    OwnRoutes own;
    own.routes.reserve(routes.size());
    for (const Route &route : routes) {
        if (route.host.isEmpty() || isOfTarget(route.host, target)) {
            own.routes.push_back(route);
            continue;
        }
        ++own.foreign;
        if (!own.foreignHosts.contains(route.host))
            own.foreignHosts.append(route.host);
    }
    return own;
}

QByteArray routesCsv(const std::vector<Route> &routes)
{
    QString csv =
        csvRecord({Text::tr("Method"), Text::tr("Path"), Text::tr("Who may call it"), Text::tr("Said by"),
                   Text::tr("Address"), Text::tr("Safe to write"), Text::tr("Learnt from"), Text::tr("Seen as")});
    for (const Route &route : routes) {
        csv += csvRecord({route.method, route.path, toWord(route.access),
                          route.isGuessed ? Text::tr("guessed") : Text::tr("known"), route.host,
                          route.safeToWrite ? Text::tr("yes") : Text::tr("no"), route.source, route.seen});
    }
    return csv.toUtf8();
}

QJsonArray toJson(const std::vector<Route> &routes)
{
    QJsonArray rows;
    for (const Route &route : routes) {
        rows.append(QJsonObject{{u"method"_s, route.method},
                                {u"path"_s, route.path},
                                {u"host"_s, route.host},
                                {u"access"_s, toWord(route.access)},
                                {u"guessed"_s, route.isGuessed},
                                {u"source"_s, route.source},
                                {u"seen"_s, route.seen}});
    }
    return rows;
}

std::vector<Route> routesFromJson(const QJsonArray &rows)
{
    std::vector<Route> routes;
    routes.reserve(static_cast<size_t>(rows.size()));
    for (const QJsonValue row : rows) {
        Route route;
        route.method = row["method"_L1].toString();
        route.path = row["path"_L1].toString();
        route.host = row["host"_L1].toString();
        route.isGuessed = row["guessed"_L1].toBool();
        route.source = row["source"_L1].toString();
        route.seen = row["seen"_L1].toString();
        const auto access = fromWord<AccessClass>(row["access"_L1].toString());
        const auto checked = checkedRoute(route);
        if (!access || !checked)
            continue;
        routes.push_back(*checked);
        routes.back().access = *access;
    }
    return routes;
}

} // namespace cockpit
