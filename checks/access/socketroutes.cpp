#include "checks/access/socketroutes.h"

#include "models/routes/pathtemplate.h"
#include "models/routes/socketpath.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isPrivateSocket(const Route &route)
{
    return route.method == "GET"_L1 && route.access != AccessClass::Public && isSocketPath(route.path);
}

// Some servers take them at an address of its own; most at that of the questions.
Route socketOfQuestions(const RouteSample &question, const std::vector<Route> &routes)
{
    const auto own = std::ranges::find_if(routes, [&](const Route &route) {
        return isPrivateSocket(route) && route.host == question.host &&
               route.path.contains("graphql"_L1, Qt::CaseInsensitive);
    });
    if (own != routes.end())
        return *own;
    Route route;
    route.path = question.path.section(u'#', 0, 0);
    route.host = question.host;
    return route;
}

bool isGraphQl(const RouteSample &sample)
{
    return sample.method == "POST"_L1 && (sample.path.contains("graphql"_L1, Qt::CaseInsensitive) ||
                                          sample.path.section(u'#', 0, 0).endsWith("/gql"_L1));
}

} // namespace

std::vector<Route> socketsAmong(const std::vector<Route> &routes)
{
    std::vector<Route> sockets;
    for (const Route &route : routes) {
        const bool isKnown = isPrivateSocket(route) && shapeOf(route.path).count("{}"_L1) <= 1;
        if (isKnown && sockets.size() < kMostSockets)
            sockets.push_back(route);
    }
    return sockets;
}

std::vector<SocketSubscription> subscriptionsAmong(const std::vector<Route> &routes,
                                                   const std::vector<RouteSample> &samples)
{
    std::vector<SocketSubscription> found;
    const auto add = [&](SocketSubscription one) {
        if (found.size() < kMostSubscriptions && std::ranges::find(found, one) == found.end())
            found.push_back(std::move(one));
    };
    for (const Route &route : routes) {
        const RouteSample *sample = sampleFor(u"GET"_s, route.path, route.host, samples);
        auto script = sample && isPrivateSocket(route) && !hasHoles(route.path) ? recordedScript(*sample)
                                                                                : std::optional<SocketScript>();
        if (script)
            add({route, std::move(script)});
    }
    for (const RouteSample &sample : samples) {
        auto script = isGraphQl(sample) ? graphQlScript(sample) : std::optional<SocketScript>();
        if (script)
            add({socketOfQuestions(sample, routes), std::move(script)});
    }
    for (const Route &route : routes) {
        const bool isOfPhoenix = isPrivateSocket(route) && !hasHoles(route.path) &&
                                 phoenixScript(route.path, u"record"_s, u"records"_s).has_value();
        if (isOfPhoenix)
            add({route, std::nullopt});
    }
    return found;
}

int messagesOf(const SocketSubscription &subscription)
{
    return subscription.script ? static_cast<int>(subscription.script->messages.size()) : 1;
}

} // namespace cockpit
