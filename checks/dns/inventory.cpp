#include "checks/dns/inventory.h"

#include "checks/dns/namelook.h"
#include "checks/net/httpclient.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostPages = 30; // looked at

PublicPage pageOf(const RedirectChain &walk, const QString &domain, Observations &seen)
{
    const HttpResponse &last = walk.last;
    PublicPage page{.url = last.url.toString(QUrl::RemoveQuery | QUrl::RemoveUserInfo), .status = last.status};
    page.asksForPassword = pageOrNothing(last, seen).hasPasswordField;
    page.isHiddenFromSearch = last.header("X-Robots-Tag").value_or(QByteArray()).toLower().contains("noindex");
    page.isElsewhere = !isSameSite(hostOf(last.url), domain);
    page.isObstacle = obstacleIn(last).has_value();
    page.evidence = evidenceOf(last);
    return page;
}

// By https; where nobody answers there, by http.
void lookAtPages(std::vector<InventoryName> &names, const QString &domain, Observations &seen)
{
    std::vector<FollowRedirects> walks;
    std::vector<InventoryName *> waiting;
    for (InventoryName &name : names) {
        const auto purpose = guessedPurpose(name.found.name);
        const bool isWanted = purpose && isInside(*purpose) && !name.isHost && name.found.hasAddress();
        if (!isWanted || waiting.size() >= kMostPages)
            continue;
        const Host host{HostRole::Other, name.found.askedAs};
        walks.push_back({httpsAddress(host)});
        walks.push_back({httpAddress(host)});
        waiting.push_back(&name);
    }
    const auto answers = seen.askAll(walks);
    for (size_t i = 0; i < waiting.size(); ++i) {
        for (const auto &walk : {answers[2 * i], answers[2 * i + 1]}) {
            if (*walk && !waiting[i]->page)
                waiting[i]->page = pageOf(**walk, domain, seen);
        }
    }
}

Judged lookAtInventory(const Look &look)
{
    return lookAtNames(look, [&look](const FoundNames &found) {
        const auto &hosts = look.target.hosts;
        InventoryFacts facts{look.target.domain, {},          found.notes,
                             found.hasWildcard,  found.isCut, look.facts.lastObserved(u"dns.inventory"_s)};
        facts.names.reserve(found.names.size());
        for (const FoundName &name : found.names) {
            const bool isHost = std::ranges::find(hosts, name.name, &Host::name) != hosts.end();
            facts.names.push_back({name, isHost, std::nullopt});
        }
        lookAtPages(facts.names, look.target.domain, look.seen);
        return judgeInventory(facts);
    });
}

} // namespace

Check inventoryCheck()
{
    return {.id = u"dns.inventory"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::AccountTakeover},
            .needs = {},
            .look = lookAtInventory};
}

} // namespace cockpit
