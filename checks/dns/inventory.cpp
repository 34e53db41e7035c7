#include "checks/dns/inventory.h"

#include "checks/net/httpclient.h"
#include "checks/net/missingdomain.h"
#include "checks/web/address.h"
#include "checks/web/htmlpage.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"
#include "models/hostname.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Inventory)
};

constexpr size_t kMostPages = 30; // looked at

PublicPage pageOf(const RedirectChain &walk, const QString &domain)
{
    const HttpResponse &last = walk.last;
    PublicPage page{.url = last.url.toString(QUrl::RemoveQuery | QUrl::RemoveUserInfo), .status = last.status};
    const auto html = parseHtml(last.body, last.url);
    page.asksForPassword = html && html->hasPasswordField;
    page.isHiddenFromSearch = last.header("X-Robots-Tag").value_or(QByteArray()).toLower().contains("noindex");
    page.isElsewhere = !isSameSite(last.url.host(), domain);
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
                waiting[i]->page = pageOf(**walk, domain);
        }
    }
}

Judged lookAtInventory(const Look &look)
{
    const QString domain = look.target.domain;
    if (hostname::isLoopback(domain))
        return notApplicable(Text::tr("%1 is this computer: it has no public names.").arg(domain));
    const auto apex = look.seen.ask(DnsLookup{.name = domain, .type = RrType::A});
    if (!*apex)
        return couldNotLook(apex->error());
    const auto found = look.seen.ask(FindNames{look.target, look.facts.listedNames});
    if (!*found)
        return couldNotLook(found->error());
    InventoryFacts facts{domain, {}, (*found)->notes, (*found)->hasWildcard, (*found)->isCut};
    for (const FoundName &name : (*found)->names) {
        const auto &hosts = look.target.hosts;
        facts.names.push_back({name, std::ranges::find(hosts, name.name, &Host::name) != hosts.end(), std::nullopt});
    }
    lookAtPages(facts.names, domain, look.seen);
    return unlessMissing(judgeInventory(facts), domain, look.seen);
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
