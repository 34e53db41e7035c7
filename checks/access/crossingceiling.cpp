// How many requests the attack may need, counted before the first of them, and what is left out for their number.
#include "checks/access/crossinglook.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

constexpr int kWritesEach = 5; // a change and a removal, each looked at by the owner, who is then looked at, too
constexpr int kSearchTries = 5;

// What crossingsOf() makes of these routes at most, where both customers have two names of tenants.
int mostCrossings(const ResourceRoutes &routes)
{
    constexpr int kByTenant = 7;
    constexpr int kByQuery = 3;
    const auto many = [](const auto &list) { return static_cast<int>(list.size()); };
    const int ofList = routes.list ? kByTenant + kByQuery + 1 : 0;
    return std::min(kMostCrossings, 4 + ofList + many(routes.parts) + kByTenant * many(routes.exports) +
                                        kByQuery * many(routes.byQuery) + many(routes.lookups));
}

// With what the owner is asked: the record, each part of it; and what an invented id gets.
int mostRequests(const ResourceRoutes &routes)
{
    const int crossings = mostCrossings(routes);
    return crossings + std::min(crossings, static_cast<int>(routes.parts.size())) + kStrangersEach + 2;
}

} // namespace

int crossingCeiling(const CrossingRoutes &routes, std::size_t canaries)
{
    int attacks = 0;
    for (std::size_t i = 0; i < std::min(routes.resources.size(), kMostResources); ++i)
        attacks += mostRequests(routes.resources[i]);
    const auto reads = static_cast<int>(std::min(routes.reads.size() + routes.questions.size(), kMostReads));
    const auto questions = static_cast<int>(routes.questions.size());
    return 3 * reads + attacks + static_cast<int>(canaries) * (kCanaryRequests + kWritesEach) +
           static_cast<int>(routes.searches.size()) * (kSearchTries + 2) + 4 * questions +
           4 * static_cast<int>(routes.mutations.size()) + 6;
}

void CrossingLook::leaveOutTheRest()
{
    for (std::size_t i = kMostResources; i < m_routes.resources.size(); ++i) {
        ResourceLook left{.name = m_routes.resources[i].name, .id = {}};
        left.notTested = Text::tr("%1: there are more kinds of records than one run tries.").arg(left.name);
        m_result.resources.push_back(std::move(left));
    }
}

} // namespace cockpit
