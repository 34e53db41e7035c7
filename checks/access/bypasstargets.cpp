// Which addresses of the list are asked for in other ways: those that let one account in and refuse others.
#include "checks/access/bypass.h"
#include "checks/access/bypassleft.h"
#include "checks/access/bypassowed.h"
#include "checks/access/roleplan.h"
#include "checks/actors/refusal.h"
#include "checks/actors/routeaddress.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "models/access/accessmatrix.h"
#include "models/routes/pathtemplate.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

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

// It wants something with it, another method, or another record: no address is known by which it could be asked for. A
// refusal, a sign-in or an error keeps the one who may from something that is there.
bool isWrongQuestion(const HttpResponse &answer)
{
    constexpr std::array kWrong{400, 404, 405, 410, 422};
    return std::ranges::find(kWrong, answer.status) != kWrong.end() && !obstacleIn(answer);
}

} // namespace

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

BypassRun::Reached BypassRun::reachedBy(const TestActor *actor, const BypassTarget &target)
{
    const auto answer = m_accounts.ask(actor, requestAt(target.route, target.url));
    Reached reached;
    if (answer) {
        const InventedAnswers invented(m_result.baselines);
        const Yardstick yardstick{.question = ReachOf::Route, .good = &target.good, .invented = &invented};
        reached = {.answer = *answer, .reach = reachOf(*answer, yardstick).reach};
    }
    if (reached.reach == ActorReach::Unclear)
        noteGap(target.route, BypassGap::Why::NotTold);
    return reached;
}

// Who gets less than the one who may is let in, and no further: a way around may still lead there. Where one did
// before, it is tried again: what only the one who may is shown tells whether it still does.
void BypassRun::addAttacker(BypassTarget &target, const TestActor *actor)
{
    const Reached reached = reachedBy(actor, target);
    if (reached.reach == ActorReach::Allowed)
        m_result.letIn.push_back({routeName(target.route), actor ? actor->role : QString()});
    const bool isOwed = reached.reach == ActorReach::Filtered &&
                        isOpenIn(m_result.before, {routeName(target.route), actor ? actor->role : QString()});
    if (reached.reach != ActorReach::Refused && !isOwed)
        return;
    BypassAttacker attacker{.actor = {}, .refused = *reached.answer, .isGivenLess = isOwed};
    if (actor)
        attacker.actor = *actor;
    target.attackers.push_back(std::move(attacker));
}

// The lowest that the rules refuse; one that found a way before goes first.
const TestActor *BypassRun::refusedAccountFor(const Route &route) const
{
    const QStringList before = rolesOpenIn(m_result.before, routeName(route));
    const auto isRefused = [&](const TestActor *actor) {
        return cellOf(route, actor->role, m_look.facts.accessRules).allowance == Allowance::Denied;
    };
    const auto again = std::ranges::find_if(
        m_usable, [&](const TestActor *actor) { return before.contains(actor->role) && isRefused(actor); });
    if (again != m_usable.end())
        return *again;
    const auto low = std::ranges::find_if(m_usable, isRefused);
    return route.access != AccessClass::Admin || low == m_usable.end() ? nullptr : *low;
}

// A stranger, and an account.
void BypassRun::addAttackers(BypassTarget &target)
{
    addAttacker(target, nullptr);
    if (const TestActor *account = refusedAccountFor(target.route))
        addAttacker(target, account);
    for (const QString &role : rolesOpenIn(m_result.before, routeName(target.route))) {
        const auto actor = std::ranges::find(m_usable, role, &TestActor::role);
        if (actor != m_usable.end() &&
            cellOf(target.route, role, m_look.facts.accessRules).allowance != Allowance::Denied)
            m_result.letIn.push_back({routeName(target.route), role});
    }
}

std::optional<BypassTarget> BypassRun::targetAt(const Route &route, const QUrl &url)
{
    const TestActor *owner = ownerFor(route);
    if (!owner) {
        noteGap(route, BypassGap::Why::NotAsked);
        return std::nullopt;
    }
    const auto good = m_accounts.ask(owner, requestAt(route, url));
    const InventedAnswers invented(m_result.baselines);
    if (!good || !isGoodAnswer(*good, {.invented = &invented})) {
        // Of a template one record may be gone alone; and where a way was open, the account may have lost its role, and
        // the product hides what it may not see.
        const bool wasOpen = routesOpenIn(m_result.before).contains(routeName(route)) && !(good && good->status == 410);
        if (!good || hasHoles(route.path) || wasOpen || !isNotThere(*good, invented))
            noteGap(route, good && isWrongQuestion(*good) ? BypassGap::Why::NotAsked : BypassGap::Why::NotTold);
        return std::nullopt;
    }
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
    if (target.attackers.empty()) {
        noteGap(route, BypassGap::Why::NoRefusal);
        return std::nullopt;
    }
    return target;
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
    const QStringList left = leftOutBy(m_result.before);
    std::ranges::stable_sort(routes, {}, [&](const Route &route) {
        const qsizetype turn = left.indexOf(routeName(route));
        return turn < 0 ? left.size() : turn; // what the last look asked goes behind
    });
    std::ranges::stable_sort(routes, {}, [&](const Route &route) { return again.contains(routeName(route)) ? 0 : 1; });
    for (const Route &route : routes) {
        const RouteAddress address = addressOf(m_look.target, route);
        if (!address || !isUseful(route) || asked == kMostCandidates || !mayGoOn()) {
            noteGap(route, address ? BypassGap::Why::LeftOut : BypassGap::Why::NotAsked);
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
            noteGap(route, BypassGap::Why::LeftOut);
            continue;
        }
        ++m_kinds[kind];
        m_result.targets.push_back(std::move(*target));
    }
    return {};
}

} // namespace cockpit
