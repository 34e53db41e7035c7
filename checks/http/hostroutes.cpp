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

} // namespace

std::vector<HostRoute> routesToRead(const Look &look)
{
    std::vector<HostRoute> routes;
    for (const Route &route : look.facts.routes) {
        const QString path = route.path.contains(u'{') ? route.seen : route.path;
        if (route.method != QLatin1String("GET") || path.isEmpty() || !isAtHost(route, look))
            continue;
        HostRoute one{httpsAddress(*look.host, path), route.access, route.isGuessed};
        if (std::ranges::find(routes, one.url, &HostRoute::url) == routes.end())
            routes.push_back(std::move(one));
    }
    return routes;
}

} // namespace cockpit
