#include "checks/http/hostroutes.h"

#include "checks/web/address.h"

#include <algorithm>

namespace cockpit {

namespace {

bool isAtHost(const Route &route, const Look &look)
{
    if (!route.host.isEmpty())
        return route.host == look.host->name;
    const Host *api = apiHost(look.target);
    return api && *api == *look.host;
}

// Calls of GraphQL have one address, and their names behind a "#" in it. Empty where a hole is left.
QUrl wholeAddress(const Route &route, const Look &look)
{
    const QString path = (route.path.contains(u'{') ? route.seen : route.path).section(u'#', 0, 0);
    return path.isEmpty() ? QUrl() : httpsAddress(*look.host, path);
}

} // namespace

std::vector<HostRoute> routesToRead(const Look &look)
{
    std::vector<HostRoute> routes;
    for (const Route &route : look.facts.routes) {
        const QUrl url = wholeAddress(route, look);
        if (route.method != QLatin1String("GET") || url.isEmpty() || !isAtHost(route, look))
            continue;
        HostRoute one{url, route.access, route.isGuessed};
        if (std::ranges::find(routes, one.url, &HostRoute::url) == routes.end())
            routes.push_back(std::move(one));
    }
    return routes;
}

std::vector<WriteRoute> routesToWrite(const Look &look)
{
    const std::vector<HostRoute> read = routesToRead(look);
    std::vector<WriteRoute> routes;
    for (const Route &route : look.facts.routes) {
        const QUrl url = wholeAddress(route, look);
        const bool isRead =
            route.method == QLatin1String("GET") || std::ranges::find(read, url, &HostRoute::url) != read.end();
        if (isRead || url.isEmpty() || !isAtHost(route, look))
            continue;
        if (std::ranges::find(routes, url, &WriteRoute::url) == routes.end())
            routes.push_back({route.method.toLatin1(), url});
    }
    return routes;
}

} // namespace cockpit
