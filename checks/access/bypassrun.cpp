#include "checks/access/bypass.h"
#include "checks/access/bypassowed.h"
#include "checks/access/roleplan.h"
#include "checks/actors/refusal.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/tellinganswer.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "models/access/accessmatrix.h"
#include "models/routes/pathtemplate.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostTooMany = 3; // so often the product may say "too many" before nothing more is asked for

ActiveRequest plainRequest(const Route &route, const QUrl &url)
{
    ActiveRequest request;
    request.method = route.method.toLatin1();
    request.url = url;
    request.routeName = route.path;
    return request;
}

// Administrators' addresses first; then what programs ask for, as it holds data; then records by their ids.
std::vector<Route> candidates(const std::vector<Route> &routes)
{
    std::vector<Route> kept;
    std::ranges::copy_if(routes, std::back_inserter(kept), [](const Route &route) {
        return route.access != AccessClass::Public && isAskableRead(route);
    });
    std::ranges::stable_sort(kept, {}, [](const Route &route) {
        const int rank = route.path.contains("/api/"_L1) || route.path.contains("/v1/"_L1) ? 1 : 2;
        return hasHoles(route.path) ? 3 : route.access == AccessClass::Admin ? 0 : rank;
    });
    return kept;
}

constexpr std::size_t kInventedAddresses = 2; // a page, and one of the interface

} // namespace

int bypassBaselines(const Target &target)
{
    return static_cast<int>(kInventedAddresses * std::min(target.hosts.size(), 2 * kMostBypassHosts));
}

int bypassCeiling(int ways)
{
    constexpr int admin = static_cast<int>(kMostAdminTargets);
    constexpr int targets = static_cast<int>(kMostBypassTargets);
    // A stranger at each, and an ordinary account at the administrators' and at the record, which may be one of theirs.
    constexpr int attackers = targets + admin + static_cast<int>(kMostItemTargets);
    constexpr int search = kMostCandidates + 2 * attackers;
    constexpr int controls = targets + attackers;
    return search + ways * attackers + controls;
}

BypassRun::BypassRun(const Look &look, const std::vector<TestActor> &actors, Wire &wire)
    : m_look(look), m_actors(actors), m_wire(wire), m_accounts(actors, wire)
{
}

bool BypassRun::mayGoOn() const
{
    constexpr int controls = 8;
    return !m_look.seen.isOver() && m_refusedAsTooMany < kMostTooMany && m_wire.left() > controls;
}

Result<void> BypassRun::signIn()
{
    std::optional<Error> first;
    for (const TestActor &actor : m_actors) {
        const auto ready = m_accounts.signIn(actor);
        if (ready) {
            m_usable.push_back(&actor);
            continue;
        }
        m_result.problems.append(ready.error().message);
        if (!first)
            first = ready.error();
    }
    return m_usable.empty() && first ? Result<void>(tl::unexpected<Error>(*first)) : Result<void>();
}

// Those whose answers are judged: that are asked for the same, and those of the routes.
std::vector<const Host *> BypassRun::hosts() const
{
    std::vector<const Host *> hosts;
    const auto isNew = [&](const Host *host) {
        const bool isAskable = host && host->role != HostRole::Mail && m_wire.gate()->covers(host->name);
        return isAskable && std::ranges::find(hosts, host) == hosts.end();
    };
    for (const Host &host : m_look.target.hosts) {
        if (hosts.size() < kMostBypassHosts && isNew(&host))
            hosts.push_back(&host);
    }
    for (const Route &route : candidates(m_look.facts.routes)) {
        const Host *host = hostFor(m_look.target, route);
        if (hosts.size() < 2 * kMostBypassHosts && isNew(host))
            hosts.push_back(host);
    }
    return hosts;
}

void BypassRun::askBaselines()
{
    std::vector<HttpGet> questions;
    for (const Host *host : hosts()) {
        const QString word = probeWord(host->name + m_look.startedAt.toString(Qt::ISODateWithMs));
        questions.push_back(HttpGet{httpsAddress(*host, u'/' + word)});
        questions.push_back(HttpGet{httpsAddress(*host, u"/api/"_s + word)});
    }
    for (const auto &answer : m_look.seen.askAll(questions)) {
        if (*answer)
            m_result.baselines.push_back(**answer);
    }
}

// The one with the most rights: an administrator, where there is one.
const TestActor *BypassRun::ownerFor(const Route &route) const
{
    const auto may = [&](const TestActor *actor) {
        return cellOf(route, actor->role, m_look.facts.accessRules).allowance != Allowance::Denied;
    };
    const auto admin =
        std::ranges::find_if(m_usable, [&](const TestActor *actor) { return isAdminRole(actor->role) && may(actor); });
    if (admin != m_usable.end())
        return *admin;
    const auto other = std::ranges::find_if(m_usable, may);
    return other == m_usable.end() ? nullptr : *other;
}

void BypassRun::noteGap(const Route &route, BypassGap::Why why)
{
    const BypassGap gap{routeName(route), why};
    if (std::ranges::find(m_result.gaps, gap) == m_result.gaps.end())
        m_result.gaps.push_back(gap);
}

std::optional<BypassAttacker> BypassRun::attackerAt(const BypassTarget &target, const TestActor *actor)
{
    const auto answer = m_accounts.ask(actor, plainRequest(target.route, target.url));
    if (!answer) {
        noteGap(target.route, BypassGap::Why::NotTold);
        return std::nullopt;
    }
    const InventedAnswers invented(m_result.baselines);
    const Yardstick yardstick{.question = ReachOf::Route, .good = &target.good, .invented = &invented};
    const ActorReach reach = reachOf(*answer, yardstick).reach;
    if (reach == ActorReach::Unclear)
        noteGap(target.route, BypassGap::Why::NotTold);
    if (reach != ActorReach::Refused)
        return std::nullopt;
    BypassAttacker attacker{.actor = {}, .refused = *answer};
    if (actor)
        attacker.actor = *actor;
    return attacker;
}

// A stranger, and the lowest account that the rules refuse.
void BypassRun::addAttackers(BypassTarget &target)
{
    if (auto stranger = attackerAt(target, nullptr))
        target.attackers.push_back(std::move(*stranger));
    if (target.route.access != AccessClass::Admin)
        return;
    const auto low = std::ranges::find_if(m_usable, [&](const TestActor *actor) {
        return cellOf(target.route, actor->role, m_look.facts.accessRules).allowance == Allowance::Denied;
    });
    if (low == m_usable.end())
        return;
    if (auto attacker = attackerAt(target, *low))
        target.attackers.push_back(std::move(*attacker));
}

std::optional<BypassTarget> BypassRun::targetAt(const Route &route, const QUrl &url)
{
    const TestActor *owner = ownerFor(route);
    if (!owner) {
        noteGap(route, BypassGap::Why::NotAsked);
        return std::nullopt;
    }
    const auto good = m_accounts.ask(owner, plainRequest(route, url));
    const InventedAnswers invented(m_result.baselines);
    // Who is refused what is theirs, or gets no answer, may be kept from something that is there.
    if (!good || obstacleIn(*good) || good->status == 401)
        noteGap(route, BypassGap::Why::NotTold);
    if (!good || !isGoodAnswer(*good, {.invented = &invented}))
        return std::nullopt;
    if (admissionOf(*good, invented) == Admission::Empty) {
        noteGap(route, BypassGap::Why::Bare);
        return std::nullopt;
    }
    BypassTarget target{.route = route, .url = url, .owner = *owner, .good = *good, .markers = {}, .attackers = {}};
    const std::vector<HttpResponse> own{*good};
    target.markers = markersOf(*owner, own, m_result.baselines);
    // A page that is drawn by its scripts is the same for all, and tells nothing.
    if (isPage(*good) && !target.markers.areIn(*good)) {
        noteGap(route, BypassGap::Why::Bare);
        return std::nullopt;
    }
    addAttackers(target);
    std::vector<HttpResponse> refusals;
    for (const BypassAttacker &attacker : target.attackers)
        refusals.push_back(attacker.refused);
    target.markers = target.markers.without(refusals);
    return target.attackers.empty() ? std::nullopt : std::optional(std::move(target));
}

bool BypassRun::isWanted(Kind kind) const
{
    const auto known = m_kinds.find(kind);
    const std::size_t count = known == m_kinds.end() ? 0 : known->second;
    switch (kind) {
    case Kind::Admin:
        return count < kMostAdminTargets;
    case Kind::SignedIn:
        return count < kMostSignedInTargets;
    case Kind::Page:
        return count < kMostPageTargets;
    case Kind::Item:
        return count < kMostItemTargets;
    }
    Q_UNREACHABLE();
}

bool BypassRun::isUseful(const Route &route) const
{
    if (hasHoles(route.path))
        return isWanted(Kind::Item);
    return route.access == AccessClass::Admin ? isWanted(Kind::Admin)
                                              : isWanted(Kind::SignedIn) || isWanted(Kind::Page);
}

Result<void> BypassRun::findTargets()
{
    if (auto ready = signIn(); !ready)
        return ready;
    askBaselines();
    int asked = 0;
    const QStringList again = routesOpenIn(m_result.before);
    std::vector<Route> routes = candidates(m_look.facts.routes);
    std::ranges::stable_sort(routes, {}, [&](const Route &route) { return again.contains(routeName(route)) ? 0 : 1; });
    for (const Route &route : routes) {
        const RouteAddress address = addressOf(m_look.target, route);
        if (!address || !isUseful(route) || asked == kMostCandidates || !mayGoOn()) {
            noteGap(route, BypassGap::Why::NotAsked);
            continue;
        }
        ++asked;
        auto target = targetAt(route, *address);
        if (!target)
            continue;
        const Kind kind = hasHoles(route.path)                 ? Kind::Item
                          : route.access == AccessClass::Admin ? Kind::Admin
                          : isPage(target->good)               ? Kind::Page
                                                               : Kind::SignedIn;
        if (!isWanted(kind)) {
            noteGap(route, BypassGap::Why::NotAsked);
            continue;
        }
        ++m_kinds[kind];
        m_result.targets.push_back(std::move(*target));
    }
    return {};
}

// Once for a host is enough: the same repair closes it everywhere there.
QString BypassRun::nameOf(const BypassWay &way)
{
    return way.code + u'@' + hostOf(way.request.url);
}

bool BypassRun::isStillRefused(const BypassTarget &target, const BypassAttacker &attacker)
{
    return attackerAt(target, attacker.who()).has_value();
}

// Another test of the same run may have had the account in another role when the first request went out, and put it
// back before the control (access.mass-assignment). Of a stranger there is nothing to change. No answer that tells
// refutes nothing.
bool BypassRun::isOpenAgain(const BypassTry &tried, const ActiveRequest &request, const BypassAttacker &attacker)
{
    if (!attacker.who() || !mayGoOn())
        return true;
    const auto again = m_accounts.ask(attacker.who(), request);
    if (!again || !tellsWhatIsThere(*again))
        return true;
    BypassTry second = tried;
    second.answer = *again;
    return verdictOf(m_result, second).way == BypassVerdict::Way::Open;
}

// A page for everybody may greet who asks by name, and a list for administrators has that name as well.
bool BypassRun::learnOrdinary(const ActiveRequest &ordinary, BypassTarget &target, const BypassAttacker &attacker)
{
    const auto answer = m_accounts.ask(attacker.who(), ordinary);
    if (!answer)
        return false;
    const std::vector<HttpResponse> seen{*answer};
    target.markers = target.markers.without(seen);
    m_result.baselines.push_back(*answer);
    return true;
}

void BypassRun::tryWays(std::size_t target, std::size_t attacker, const std::vector<BypassWay> &ways)
{
    BypassTarget &at = m_result.targets[target];
    const BypassAttacker &by = at.attackers[attacker];
    for (const BypassWay &way : ways) {
        if (m_found.contains(nameOf(way)))
            continue;
        BypassTry tried{.target = target, .attacker = attacker, .way = way};
        tried.isAsked = mayGoOn();
        if (tried.isAsked) {
            const auto answer = m_accounts.ask(by.who(), way.request);
            tried.way.request = m_accounts.dressed(by.who(), way.request);
            if (answer)
                tried.answer = *answer;
            else
                tried.problem = answer.error().message;
            m_refusedAsTooMany += answer && answer->status == 429 ? 1 : 0;
        }
        if (way.ordinary && tried.answer && verdictOf(m_result, tried).way != BypassVerdict::Way::Refused)
            tried.isRefuted = !learnOrdinary(*way.ordinary, at, by);
        if (verdictOf(m_result, tried).way == BypassVerdict::Way::Open) {
            tried.isRefuted = !isStillRefused(at, by) || !isOpenAgain(tried, way.request, by);
            if (!tried.isRefuted)
                m_found.append(nameOf(way));
        }
        m_result.tries.push_back(std::move(tried));
    }
}

// By strangers first, at each address; then by accounts.
void BypassRun::ask(const WaysToAsk &ways)
{
    for (std::size_t attacker = 0; attacker < 2; ++attacker) {
        for (std::size_t i = 0; i < m_result.targets.size(); ++i) {
            if (attacker < m_result.targets[i].attackers.size())
                tryWays(i, attacker, ways(m_result.targets[i]));
        }
    }
}

void BypassRun::confirm()
{
    for (BypassTarget &target : m_result.targets) {
        if (m_look.seen.isOver())
            return;
        const auto again = m_accounts.ask(&target.owner, plainRequest(target.route, target.url));
        const InventedAnswers invented(m_result.baselines);
        target.holds = again && isGoodAnswer(*again, {.invented = &invented});
    }
    m_result.known = m_wire.gate()->knownSecrets();
}

} // namespace cockpit
