#include "checks/engine/activeterms.h"

#include "models/target.h"

#include <QUrl>

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

void addHostOf(const QString &address, QStringList &hosts)
{
    const QString host = QUrl(address).host(QUrl::FullyEncoded).toLower();
    if (!host.isEmpty() && !hosts.contains(host))
        hosts.append(host);
}

} // namespace

ActiveTerms activeTermsOf(const Permission &permission, const Target &target, const std::vector<TestActor> &actors,
                          std::map<QString, Secret> secrets, std::shared_ptr<const std::atomic_bool> killed)
{
    ActiveTerms terms{.budget = withinBounds(permission.budget),
                      .hosts = {},
                      .secrets = std::move(secrets),
                      .killed = std::move(killed)};
    for (const Host &host : target.hosts) {
        if (host.role != HostRole::Mail)
            terms.hosts.append(host.name);
    }
    for (const TestActor &actor : actors) {
        for (const QString &address : {actor.signIn.url, actor.signIn.refreshUrl, actor.signIn.csrfSource,
                                       actor.signIn.logoutUrl, actor.whoAmIUrl})
            addHostOf(address, terms.signInHosts);
        if (actor.isThrowAway)
            terms.throwAway.append(actor.id);
    }
    return terms;
}

} // namespace cockpit
