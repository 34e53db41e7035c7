#include "checks/access/socketroutes.h"

#include "models/access/socketmessages.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/socketpath.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const RouteSample *saidAt(const Route &route, const std::vector<RouteSample> &samples)
{
    const RouteSample *sample = sampleFor(u"GET"_s, route.path, route.host, samples);
    return sample && isSocketSample(*sample) ? sample : nullptr;
}

bool isPrivateSocket(const Route &route, const std::vector<RouteSample> &samples)
{
    return route.access != AccessClass::Public && isSocketRoute(route, samples);
}

// Some servers take them at an address of its own; most at that of the questions.
Route socketOfQuestions(const RouteSample &question, const std::vector<Route> &routes,
                        const std::vector<RouteSample> &samples)
{
    const auto own = std::ranges::find_if(routes, [&](const Route &route) {
        return isPrivateSocket(route, samples) && route.host == question.host &&
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

bool isSocketRoute(const Route &route, const std::vector<RouteSample> &samples)
{
    return route.method == "GET"_L1 && (isSocketPath(route.path) || saidAt(route, samples));
}

std::vector<Route> socketsAmong(const std::vector<Route> &routes, const std::vector<RouteSample> &samples)
{
    std::vector<Route> sockets;
    std::ranges::copy_if(routes, std::back_inserter(sockets), [&](const Route &route) {
        return isPrivateSocket(route, samples) && shapeOf(route.path).count("{}"_L1) <= 1;
    });
    std::ranges::stable_sort(sockets, {}, [&](const Route &route) { return saidAt(route, samples) ? 0 : 1; });
    sockets.erase(sockets.begin() + static_cast<std::ptrdiff_t>(std::min(kMostSockets, sockets.size())), sockets.end());
    return sockets;
}

SocketSubscriptions subscriptionsAmong(const std::vector<Route> &routes, const std::vector<RouteSample> &samples)
{
    SocketSubscriptions found;
    const auto add = [&](SocketSubscription one) {
        if (std::ranges::find(found.tried, one) != found.tried.end())
            return;
        if (found.tried.size() < kMostSubscriptions)
            found.tried.push_back(std::move(one));
        else if (std::ranges::find(found.left, one.route) == found.left.end())
            found.left.push_back(one.route);
    };
    for (const Route &route : routes) {
        const RouteSample *sample = saidAt(route, samples);
        if (!sample || !isPrivateSocket(route, samples) || hasHoles(route.path))
            continue;
        if (auto script = recordedScript(*sample))
            add({route, std::move(*script)});
        else if (script.error() != NotSaid::Nothing)
            found.unsaid.push_back({route, script.error()});
    }
    for (const RouteSample &sample : samples) {
        auto script = isGraphQl(sample) ? graphQlScript(sample) : std::optional<SocketScript>();
        if (script)
            add({socketOfQuestions(sample, routes, samples), std::move(script)});
    }
    for (const Route &route : routes) {
        const bool isOfPhoenix = isPrivateSocket(route, samples) && !hasHoles(route.path) &&
                                 phoenixScript(route.path, u"record"_s, u"records"_s).has_value();
        const bool isKnown = std::ranges::any_of(
            found.tried, [&](const SocketSubscription &one) { return one.route == route && one.script; });
        if (isOfPhoenix && !isKnown)
            add({route, std::nullopt});
    }
    return found;
}

int messagesOf(const SocketSubscription &subscription)
{
    return subscription.script ? static_cast<int>(subscription.script->messages.size()) : 1;
}

} // namespace cockpit
