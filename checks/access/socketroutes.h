// Which WebSockets of a product are opened, and what is said on them. Pure.
#pragma once

#include "checks/access/socketscript.h"
#include "models/projectstate.h"

#include <optional>
#include <vector>

namespace cockpit {

constexpr std::size_t kMostSockets = 2;
constexpr std::size_t kMostSubscriptions = 3;

// GET at the address of a WebSocket with at most one hole, not public by its class: a channel for everybody has nothing
// that others may not see. At most kMostSockets.
std::vector<Route> socketsAmong(const std::vector<Route> &routes);

struct SocketSubscription
{
    Route route;
    // Empty: channels of Phoenix, whose topic is guessed once a record is known (phoenixScript).
    std::optional<SocketScript> script = {};

    bool operator==(const SocketSubscription &other) const { return route == other.route; }
};

// Of what pages were seen to say on a socket (RouteSample of kSocketMessages), of subscriptions in GraphQL that were
// seen, and of addresses of Phoenix. At most kMostSubscriptions; those that were seen go first.
std::vector<SocketSubscription> subscriptionsAmong(const std::vector<Route> &routes,
                                                   const std::vector<RouteSample> &samples);
// The most messages that one of the four who try says there.
int messagesOf(const SocketSubscription &subscription);

} // namespace cockpit
