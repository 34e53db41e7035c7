#include "checks/actors/products.h"

#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/stagingaccount.h"
#include "checks/net/urlhost.h"
#include "models/unseen.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Products)
};

std::vector<TestActor> ownAccounts(const Target &target, const std::vector<TestActor> &actors)
{
    std::vector<TestActor> accounts = actors;
    std::erase_if(accounts, isSigningKey);
    std::vector<TestActor> own = accounts;
    std::erase_if(own, [&](const TestActor &actor) { return isOfStaging(actor, target); });
    return own.empty() ? accounts : own;
}

// Empty for a host that is not the target's: sign-in services serve many products.
QString homeOf(const TestActor &actor, const Target &target)
{
    const bool asks = asksToSignIn(actor.signIn.kind) && !actor.signIn.url.isEmpty();
    const QString host = hostOf(QUrl(asks ? actor.signIn.url : actor.whoAmIUrl));
    const bool isOfTarget = std::ranges::any_of(target.hosts, [&](const Host &one) { return one.name == host; });
    return isOfTarget ? host : QString();
}

// Hosts where accounts of two tenants sign in, in the order of the accounts.
QStringList homesIn(const std::vector<TestActor> &actors, const Target &target)
{
    QStringList homes;
    std::map<QString, std::set<QString>> tenants;
    for (const TestActor &actor : actors) {
        const QString home = homeOf(actor, target);
        const QString tenant = actor.tenant.trimmed().toLower();
        if (home.isEmpty() || tenant.isEmpty())
            continue;
        if (!homes.contains(home))
            homes.append(home);
        tenants[home].insert(tenant);
    }
    homes.removeIf([&](const QString &home) { return tenants[home].size() < 2; });
    return homes;
}

// Which product a host belongs to, by its place in the list.
class HostOwners
{
public:
    HostOwners(const QStringList &homes, const std::vector<TestActor> &actors, const Target &target)
        : m_homes(homes), m_target(target)
    {
        for (qsizetype at = 0; at < homes.size(); ++at)
            m_owners.emplace(homes[at], at);
        for (const TestActor &actor : actors) {
            if (const QString asked = hostOf(QUrl(actor.whoAmIUrl)); !asked.isEmpty())
                m_owners.emplace(asked, ownerOf(actor));
        }
    }

    std::size_t ownerOf(const TestActor &actor) const
    {
        return static_cast<std::size_t>(std::max<qsizetype>(0, m_homes.indexOf(homeOf(actor, m_target))));
    }
    std::size_t ownerOf(const QString &routeHost) const
    {
        const Host *host = hostFor(m_target, Route{.method = {}, .path = {}, .host = routeHost});
        const auto owner = m_owners.find(host ? host->name : routeHost);
        return owner == m_owners.end() ? 0 : owner->second;
    }

private:
    const QStringList m_homes;
    const Target &m_target;
    std::map<QString, std::size_t> m_owners;
};

// Another product's look at the same pages sees the same.
void addFindings(const std::vector<Finding> &more, std::vector<Finding> &findings)
{
    for (const Finding &finding : more) {
        const bool isKnown = std::ranges::any_of(findings, [&](const Finding &known) {
            return known.code == finding.code && known.host == finding.host && known.subject == finding.subject;
        });
        if (!isKnown)
            findings.push_back(finding);
    }
}

void addObserved(const QJsonObject &more, QJsonObject &observed)
{
    for (auto it = more.begin(); it != more.end(); ++it) {
        const QJsonValue known = observed.value(it.key());
        const bool counts = it.key() == "requests"_L1 || it.key() == "sent"_L1;
        if (known.isUndefined()) {
            observed.insert(it.key(), it.value());
        } else if (known.isArray() && it.value().isArray()) {
            QJsonArray all = known.toArray();
            for (const QJsonValue one : it.value().toArray())
                all.append(one);
            observed.insert(it.key(), all);
        } else if (counts && known.isDouble() && it.value().isDouble()) {
            observed.insert(it.key(), known.toInt() + it.value().toInt());
        }
    }
}

bool hasLooked(const Judged &judged)
{
    return judged.outcome != Outcome::NotRun && judged.outcome != Outcome::Error &&
           judged.outcome != Outcome::NotApplicable;
}

bool isGap(const Judged &judged)
{
    return judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error;
}

// "api.example.com: 8 were refused; desk.example.com: …"
QString sentences(const std::vector<ProductSight> &sights, QString Judged::*text)
{
    QStringList parts;
    for (const ProductSight &sight : sights) {
        if (!(sight.judged.*text).isEmpty())
            parts << Text::tr("%1: %2").arg(sight.name, sight.judged.*text);
    }
    return parts.join("; "_L1);
}

Outcome outcomeOf(const std::vector<ProductSight> &sights, const std::vector<Finding> &findings, bool hasGap)
{
    if (!findings.empty())
        return outcomeFor(findings);
    const bool isInfo =
        std::ranges::any_of(sights, [](const ProductSight &sight) { return sight.judged.outcome == Outcome::Info; });
    return isInfo || hasGap ? Outcome::Info : Outcome::Pass;
}

const ProductSight &gravestOf(const std::vector<ProductSight> &sights)
{
    for (const Outcome outcome : {Outcome::Error, Outcome::NotRun}) {
        const auto it =
            std::ranges::find_if(sights, [&](const ProductSight &sight) { return sight.judged.outcome == outcome; });
        if (it != sights.end())
            return *it;
    }
    return sights.front();
}

std::vector<RequestNeed> needsOfAll(const Check &check, const Outlook &outlook)
{
    std::vector<RequestNeed> all;
    for (const Product &product : productsOf(outlook.target, outlook.facts)) {
        for (const RequestNeed &need : check.requests({outlook.target, product.facts})) {
            const auto known = std::ranges::find(all, need.account, &RequestNeed::account);
            if (known == all.end()) {
                all.push_back(need);
                continue;
            }
            known->fewest = known->atLeast() + need.atLeast();
            known->most += need.most;
            known->parts = std::min(known->parts, need.parts);
        }
    }
    return all;
}

Judged lookAtEach(const Check &check, const Look &look)
{
    std::vector<ProductSight> sights;
    for (const Product &product : productsOf(look.target, look.facts)) {
        const Look one{.seen = look.seen,
                       .target = look.target,
                       .host = look.host,
                       .policy = look.policy,
                       .facts = product.facts,
                       .startedAt = look.startedAt};
        sights.push_back({product.name, check.look(one)});
    }
    return joined(sights);
}

} // namespace

std::vector<Product> productsOf(const Target &target, const ProjectFacts &facts)
{
    const std::vector<TestActor> actors = ownAccounts(target, facts.actors);
    const QStringList homes = homesIn(actors, target);
    if (homes.size() < 2) {
        std::vector<Product> one{{{}, facts}};
        one.front().facts.actors = actors;
        return one;
    }
    ProjectFacts shared = facts;
    shared.actors.clear();
    shared.routes.clear();
    shared.samples.clear();
    std::vector<Product> products;
    for (const QString &home : homes)
        products.push_back({home, shared});
    const HostOwners owners(homes, actors, target);
    for (const TestActor &actor : actors)
        products[owners.ownerOf(actor)].facts.actors.push_back(actor);
    for (const Route &route : facts.routes)
        products[owners.ownerOf(route.host)].facts.routes.push_back(route);
    for (const RouteSample &sample : facts.samples)
        products[owners.ownerOf(sample.host)].facts.samples.push_back(sample);
    return products;
}

Judged joined(const std::vector<ProductSight> &sights)
{
    if (sights.size() == 1)
        return sights.front().judged;
    std::vector<ProductSight> seen;
    std::ranges::copy_if(sights, std::back_inserter(seen),
                         [](const ProductSight &sight) { return hasLooked(sight.judged); });
    const bool hasGap = std::ranges::any_of(sights, [](const ProductSight &one) { return isGap(one.judged); });
    Judged all = seen.empty() ? gravestOf(sights).judged : seen.front().judged;
    if (seen.empty()) {
        all.reason = sentences(sights, &Judged::reason);
        return all;
    }
    for (std::size_t at = 1; at < seen.size(); ++at) {
        const Judged &more = seen[at].judged;
        addFindings(more.findings, all.findings);
        addObserved(more.observed, all.observed);
        all.evidence.insert(all.evidence.end(), more.evidence.begin(), more.evidence.end());
        for (auto it = more.values.begin(); it != more.values.end(); ++it) {
            if (!all.values.contains(it.key()))
                all.values.insert(it.key(), it.value());
        }
    }
    all.outcome = outcomeOf(seen, all.findings, hasGap);
    all.summary = sentences(seen, &Judged::summary);
    std::vector<ProductSight> told = sights;
    std::erase_if(told, [](const ProductSight &one) { return one.judged.outcome == Outcome::NotApplicable; });
    all.reason = sentences(told, &Judged::reason);
    if (hasGap)
        noteUnseen({{}}, all.observed); // it may be any of the part that was not seen
    return all;
}

Check perProduct(Check check)
{
    Check each = check;
    each.look = [check](const Look &look) { return lookAtEach(check, look); };
    if (check.requests)
        each.requests = [check](const Outlook &outlook) { return needsOfAll(check, outlook); };
    return each;
}

std::vector<Check> perProduct(std::vector<Check> checks, const QStringList &butThese)
{
    for (Check &check : checks) {
        const bool asksAsSomebody = std::ranges::find(check.needs, Need::TestAccounts) != check.needs.end();
        if (asksAsSomebody && check.scope == Scope::Target && !butThese.contains(check.id))
            check = perProduct(std::move(check));
    }
    return checks;
}

} // namespace cockpit
