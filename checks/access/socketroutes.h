// Which WebSockets of a product are opened, and what is said on them. Pure.
#pragma once

#include "checks/access/socketscript.h"
#include "models/projectstate.h"

#include <optional>
#include <vector>

namespace cockpit {

constexpr std::size_t kMostSockets = 2;
constexpr std::size_t kMostSubscriptions = 3;

// GET at an address of which a file of a browser says that a WebSocket is there (isSocketSample), or whose words do
// (isSocketPath).
bool isSocketRoute(const Route &route, const std::vector<RouteSample> &samples);

// Those with at most one hole, not public by their class: a channel for everybody has nothing that others may not see.
// At most kMostSockets; those that were seen go first.
std::vector<Route> socketsAmong(const std::vector<Route> &routes, const std::vector<RouteSample> &samples);

struct SocketSubscription
{
    Route route;
    // Empty: channels of Phoenix, whose topic is guessed once a record is known (phoenixScript).
    std::optional<SocketScript> script = {};

    bool operator==(const SocketSubscription &) const = default;
};

// A WebSocket of which it is known what a page says there, and nothing of it is said again.
struct UnsaidSocket
{
    Route route;
    NotSaid why = NotSaid::Nothing; // never Nothing
};

struct SocketSubscriptions
{
    std::vector<SocketSubscription> tried = {}; // at most kMostSubscriptions
    std::vector<Route> left = {};               // of those that are more, each route once
    std::vector<UnsaidSocket> unsaid = {};
};

// Of what pages were seen to say on a socket (RouteSample of kSocketMessages), of subscriptions in GraphQL that were
// seen, and of addresses of Phoenix. Those that were seen go first.
SocketSubscriptions subscriptionsAmong(const std::vector<Route> &routes, const std::vector<RouteSample> &samples);
// The most messages that one of the four who try says there.
int messagesOf(const SocketSubscription &subscription);

} // namespace cockpit
