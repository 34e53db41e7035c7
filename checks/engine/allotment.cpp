#include "checks/engine/allotment.h"

#include "checks/engine/activegate.h"

#include <algorithm>
#include <numeric>

namespace cockpit {

namespace {

// One account, with the strictest of what was said of it.
struct Wish
{
    RequestNeed need;
    Allotment given;
};

Wish *wishOf(const QString &account, std::vector<Wish> &wishes)
{
    const auto it = std::ranges::find(wishes, account, [](const Wish &one) { return one.need.account; });
    return it == wishes.end() ? nullptr : &*it;
}

void take(const RequestNeed &need, bool isLast, std::vector<Wish> &wishes)
{
    if (need.most <= 0)
        return;
    if (Wish *known = wishOf(need.account, wishes)) {
        const int fewest = std::max(known->need.atLeast(), need.atLeast());
        known->need.most = std::max(known->need.most, need.most);
        known->need.fewest = fewest;
        known->need.parts = std::min(known->need.parts, need.parts);
        known->given.waits = std::max(known->given.waits, need.waits);
        known->given.wanted = known->need.most;
        known->given.isLast = known->given.isLast && isLast; // who comes earlier does not wait for it
        ++known->given.looks;
        return;
    }
    wishes.push_back({need, {.account = need.account, .wanted = need.most, .waits = need.waits, .isLast = isLast}});
}

void grantModestly(std::vector<Wish> &wishes, int requests, int &left)
{
    for (Wish &wish : wishes) {
        const int modest = std::min(wish.need.modestly(requests), left);
        if (modest < wish.need.atLeast())
            continue;
        wish.given.granted = modest;
        left -= modest;
    }
}

} // namespace

std::vector<Allotment> allot(const std::vector<RequestClaim> &claims, int requests)
{
    std::vector<Wish> wishes;
    for (const RequestClaim &claim : claims) {
        for (const RequestNeed &need : claim.needs)
            take(need, claim.isLast, wishes);
    }
    int left = std::max(0, requests);
    grantModestly(wishes, requests, left);
    std::vector<Allotment> given;
    for (Wish &wish : wishes) {
        if (wish.given.isCut()) {
            const int more = std::min(left, wish.given.wanted - wish.given.granted);
            wish.given.granted += more;
            left -= more;
        }
        given.push_back(wish.given);
    }
    return given;
}

std::chrono::seconds waitsIn(const std::vector<Allotment> &allotments)
{
    return std::accumulate(allotments.begin(), allotments.end(), std::chrono::seconds(0),
                           [](std::chrono::seconds sum, const Allotment &one) { return sum + one.waits; });
}

std::chrono::milliseconds timeNeeded(const std::vector<Allotment> &allotments, const ActiveBudget &budget)
{
    const int wanted = std::accumulate(allotments.begin(), allotments.end(), 0,
                                       [](int sum, const Allotment &one) { return sum + one.wanted; });
    const double pace = std::max(budget.perSecond, kFewestActivePerSecond);
    const auto sending =
        std::chrono::milliseconds(static_cast<qint64>(1000.0 * std::min(wanted, budget.requests) / pace));
    return sending + waitsIn(allotments);
}

int keptForSignIns(int budget, int accounts)
{
    return std::min(kSignInRequests * accounts, budget / 2);
}

int budgetFor(int requests, int accounts)
{
    return requests + std::clamp(requests - 1, 0, kSignInRequests * accounts);
}

} // namespace cockpit
