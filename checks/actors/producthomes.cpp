// Which products a project has, by where its accounts sign in.
#include "checks/actors/products.h"

#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/stagingaccount.h"
#include "checks/net/urlhost.h"

#include <algorithm>
#include <set>

namespace cockpit {

namespace {

std::vector<TestActor> ownAccounts(const Target &target, const std::vector<TestActor> &actors)
{
    std::vector<TestActor> accounts = actors;
    std::erase_if(accounts, isSigningKey);
    std::vector<TestActor> own = accounts;
    std::erase_if(own, [&](const TestActor &actor) { return isOfStaging(actor, target); });
    return own.empty() ? accounts : own;
}

// Empty for a host that is not the target's: sign-in services serve many products.
QString hostIn(const Target &target, const QString &address)
{
    const QString host = hostOf(QUrl(address));
    const bool isOfTarget = std::ranges::any_of(target.hosts, [&](const Host &one) { return one.name == host; });
    return isOfTarget ? host : QString();
}

QString homeOf(const TestActor &actor, const Target &target)
{
    const bool asks = asksToSignIn(actor.signIn.kind) && !actor.signIn.url.isEmpty();
    return hostIn(target, asks ? actor.signIn.url : actor.whoAmIUrl);
}

// A host at which accounts sign in.
struct Home
{
    QString host;
    std::set<QString> tenants = {};
    std::set<QString> askedAt = {}; // hosts that say who is signed in
    bool hasAdmins = false;
    bool hasOthers = false;
};

bool haveCommon(const std::set<QString> &a, const std::set<QString> &b)
{
    return std::ranges::any_of(a, [&](const QString &one) { return b.contains(one); });
}

// Members sign in at one and administrators at the other, or one interface serves both.
bool areOneProduct(const Home &a, const Home &b)
{
    const bool areComplements = a.hasAdmins != a.hasOthers && b.hasAdmins != b.hasOthers && a.hasAdmins != b.hasAdmins;
    return (areComplements && haveCommon(a.tenants, b.tenants)) || haveCommon(a.askedAt, b.askedAt);
}

// Hosts where accounts of two tenants sign in, in the order of the accounts.
std::vector<Home> homesIn(const std::vector<TestActor> &actors, const Target &target)
{
    std::vector<Home> homes;
    for (const TestActor &actor : actors) {
        const QString host = homeOf(actor, target);
        if (host.isEmpty())
            continue;
        auto home = std::ranges::find(homes, host, &Home::host);
        if (home == homes.end())
            home = homes.insert(homes.end(), {.host = host});
        if (const QString tenant = actor.tenant.trimmed().toLower(); !tenant.isEmpty())
            home->tenants.insert(tenant);
        if (const QString asked = hostIn(target, actor.whoAmIUrl); !asked.isEmpty())
            home->askedAt.insert(asked);
        (isAdminRole(actor.role) ? home->hasAdmins : home->hasOthers) = true;
    }
    std::erase_if(homes, [](const Home &home) { return home.tenants.size() < 2; });
    return homes;
}

// The homes of each product, in the order of their first.
std::vector<std::vector<Home>> groupedHomes(const std::vector<Home> &homes)
{
    std::vector<std::vector<Home>> groups;
    for (const Home &home : homes) {
        std::vector<Home> mine{home};
        for (auto group = groups.begin(); group != groups.end();) {
            const bool isOne = std::ranges::any_of(*group, [&](const Home &one) { return areOneProduct(one, home); });
            if (!isOne) {
                ++group;
                continue;
            }
            mine.insert(mine.begin(), group->begin(), group->end());
            group = groups.erase(group);
        }
        groups.push_back(std::move(mine));
    }
    return groups;
}

// Which product a host belongs to, by its place in the list.
class HostOwners
{
public:
    HostOwners(const std::vector<std::vector<Home>> &groups, const Target &target) : m_target(target)
    {
        for (std::size_t at = 0; at < groups.size(); ++at) {
            for (const Home &home : groups[at])
                m_owners.emplace(home.host, at);
        }
        // The sign-in goes before: one product may ask another's interface.
        for (std::size_t at = 0; at < groups.size(); ++at) {
            for (const Home &home : groups[at]) {
                for (const QString &asked : home.askedAt)
                    m_owners.emplace(asked, at);
            }
        }
    }

    std::size_t ownerOf(const TestActor &actor) const { return ownerAt(homeOf(actor, m_target)); }
    std::size_t ownerOf(const QString &routeHost) const
    {
        const Host *host = hostFor(m_target, Route{.method = {}, .path = {}, .host = routeHost});
        return ownerAt(host ? host->name : routeHost);
    }

private:
    // What belongs to no other is of the first.
    std::size_t ownerAt(const QString &host) const
    {
        const auto owner = m_owners.find(host);
        return owner == m_owners.end() ? 0 : owner->second;
    }

    const Target &m_target;
    std::map<QString, std::size_t> m_owners;
};

// Of what was observed before: the part of that product, where it was told apart then.
ProjectFacts factsOf(const ProjectFacts &all, const QString &product)
{
    ProjectFacts facts = all;
    facts.actors.clear();
    facts.routes.clear();
    facts.samples.clear();
    for (auto &[key, observed] : facts.observedBefore) {
        if (const QJsonValue products = observed.value(kProductsKey); products.isObject())
            observed = products[product].toObject();
    }
    return facts;
}

} // namespace

std::vector<Product> productsOf(const Target &target, const ProjectFacts &facts)
{
    const std::vector<TestActor> actors = ownAccounts(target, facts.actors);
    const std::vector<std::vector<Home>> groups = groupedHomes(homesIn(actors, target));
    if (groups.size() < 2) {
        std::vector<Product> one{{{}, facts}};
        one.front().facts.actors = actors;
        return one;
    }
    std::vector<Product> products;
    for (const std::vector<Home> &homes : groups)
        products.push_back({homes.front().host, factsOf(facts, homes.front().host)});
    const HostOwners owners(groups, target);
    for (const TestActor &actor : actors)
        products[owners.ownerOf(actor)].facts.actors.push_back(actor);
    for (const Route &route : facts.routes)
        products[owners.ownerOf(route.host)].facts.routes.push_back(route);
    for (const RouteSample &sample : facts.samples)
        products[owners.ownerOf(sample.host)].facts.samples.push_back(sample);
    for (const Host &host : target.hosts)
        products[owners.ownerOf(host.name)].hosts.append(host.name);
    return products;
}

} // namespace cockpit
