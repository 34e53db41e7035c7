// How many requests the attack may need, counted before the first of them.
#include "checks/access/crossinglook.h"
#include "checks/access/nodequestion.h"
#include "checks/access/postrule.h"
#include "checks/actors/recordowner.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWritesEach = 6;   // a change and a removal, the owner before and after each, and whether it is still in
constexpr int kAttackEach = 2;   // the outsider, and a stranger where that succeeds
constexpr int kMutationEach = 4; // the record before and after, and whether its owner is still in
constexpr int kControls = 6;     // invented addresses, and both accounts at the end

// What crossingsOf() makes of these routes at most, where both customers have two names of tenants.
int mostCrossings(const ResourceRoutes &routes)
{
    constexpr int kByTenant = 7;
    constexpr int kByQuery = 4;
    constexpr int kAtTheRecord = 10; // the address, signed out, an older version, six wildcards, another method
    const auto many = [](const auto &list) { return static_cast<int>(list.size()); };
    const int ofList = routes.list ? kByTenant + kByQuery + 1 : 0;
    return std::min(kMostCrossings, kAtTheRecord + ofList + many(routes.parts) + kByTenant * many(routes.exports) +
                                        kByQuery * many(routes.byQuery) + many(routes.lookups));
}

// With what the owner is asked: the record, each part of it; and what an invented id gets.
int mostRequests(const ResourceRoutes &routes)
{
    const int crossings = mostCrossings(routes);
    return crossings + std::min(crossings, static_cast<int>(routes.parts.size())) + kStrangersEach + 2;
}

// As its owner by each name that takes words, until one finds the record.
int requestsOfSearches(const CrossingRoutes &routes)
{
    return static_cast<int>(routes.searches.size()) * (static_cast<int>(kSearchNames.size()) + kAttackEach);
}

// As its owner with an id of each kind of record, where the question takes ids; then as the outsider and as nobody.
int requestsOfQuestions(const CrossingRoutes &routes)
{
    const int kinds = static_cast<int>(std::clamp<std::size_t>(routes.resources.size(), 1, kMostResources));
    int requests = 0;
    for (const RouteSample &sample : routes.questions)
        requests += (asksForIds(sample.body) ? kinds : 1) + kAttackEach + 1;
    // node(id): its owner for several kinds, then both for one.
    return requests + static_cast<int>(placesWithoutNode(routes.questions).size()) *
                          (static_cast<int>(kMostNodeKinds) + kAttackEach);
}

// The owner, the outsider, nobody, and the outsider with ids of nobody: each opens and says all; a change, and back.
int requestsOfSubscriptions(const std::vector<SocketSubscription> &subscriptions)
{
    constexpr int kWhoSubscribe = 4;
    constexpr int kChangeAndBack = 2;
    int requests = 0;
    for (const SocketSubscription &one : subscriptions)
        requests += kWhoSubscribe * (1 + messagesOf(one)) + kChangeAndBack;
    return requests;
}

} // namespace

int crossingCeiling(const CrossingRoutes &routes, std::size_t canaries)
{
    int attacks = 0;
    for (std::size_t i = 0; i < std::min(routes.resources.size(), kMostResources); ++i)
        attacks += mostRequests(routes.resources[i]);
    // Which methods the address of a test record has.
    if (canaries > 0)
        attacks += static_cast<int>(std::min(routes.resources.size(), kMostResources) * kMethodQuestions.size());
    const auto reads = static_cast<int>(std::min(routes.reads.size() + routes.questions.size(), kMostReads));
    // Its owner, with a foreign Origin, nobody, the outsider, with an id of nobody; with some of the cookies.
    constexpr int kAtSocket = 6 + kMostCookieTries;
    const int sockets =
        kAtSocket * static_cast<int>(routes.sockets.size()) + requestsOfSubscriptions(routes.subscriptions.tried);
    // Without a test record nothing is changed.
    const int mutations = canaries > 0 ? kMutationEach * static_cast<int>(routes.mutations.size()) : 0;
    const int removals = canaries > 0 ? kRemovalControlRequests : 0;
    return 3 * reads + attacks + removals + static_cast<int>(canaries) * (kCanaryRequests + kWritesEach) +
           requestsOfSearches(routes) + requestsOfQuestions(routes) + mutations + sockets + kControls;
}

} // namespace cockpit
