#include "checks/engine/activeterms.h"

#include "models/target.h"

#include <algorithm>

namespace cockpit {

namespace {

ActiveBudget withinBounds(ActiveBudget budget)
{
    budget.requests = std::clamp(budget.requests, 0, kMostActiveRequests);
    budget.perSecond = std::clamp(budget.perSecond, kFewestActivePerSecond, kMostActivePerSecond);
    budget.lockableAccounts = std::clamp(budget.lockableAccounts, 0, kMostLockableAccounts);
    return budget;
}

} // namespace

ActiveTerms activeTermsOf(const Permission &permission, const Target &target, const std::vector<TestActor> &actors,
                          std::map<QString, Secret> secrets, std::shared_ptr<const std::atomic_bool> killed)
{
    ActiveTerms terms{.budget = withinBounds(permission.budget),
                      .hosts = permittedHosts(permission, target),
                      .secrets = std::move(secrets),
                      .killed = std::move(killed)};
    for (const TestActor &actor : actors) {
        terms.signInHosts += signInHosts(actor);
        if (actor.isThrowAway)
            terms.throwAway.append(actor.id);
    }
    terms.signInHosts.removeDuplicates();
    return terms;
}

} // namespace cockpit
