#include "checks/abuse/ratelimit.h"

#include "checks/abuse/siegelook.h"
#include "checks/engine/activegate.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RateLimit)
};

const QString &kId = kSiegeAccount;

// What ends the whole look, other than a login that tells nothing.
bool isFatal(const Error &error, const Look &look)
{
    return look.seen.isOver() || error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NotPermitted;
}

// At an account that may be locked alone.
std::vector<GraphQlTries> askGraphQl(const Look &look, const RateLimitLook &result)
{
    const auto entry = graphQlEntryOf(look.target, look.facts);
    const auto siege = siegeOf(look.facts, {});
    const bool mayTry = entry && siege && result.login && !result.login->account.isEmpty() && !look.seen.isOver();
    if (!mayTry)
        return {};
    Wire wire(look, kId, kGraphQlRequests);
    if (!wire.isReady())
        return {};
    return graphQlTriesOf(*entry, siege->control.userName, wire);
}

// The same account: wrong codes may lock it as well.
std::optional<CodeTries> askCodes(const Look &look)
{
    const auto entry = codeEntryOf(look.target, look.facts);
    if (!entry)
        return codesNotTried(look.target, look.facts);
    const auto throwAway = std::ranges::find_if(look.facts.actors, &TestActor::isThrowAway);
    ActiveGate *gate = look.seen.active();
    const bool mayTry = throwAway != look.facts.actors.end() && gate && gate->mayLock(throwAway->id);
    if (!mayTry || look.seen.isOver())
        return std::nullopt;
    Wire wire(look, kId, kCodeRequests);
    return wire.isReady() ? std::optional(codeTriesOf(*entry, throwAway->userName, wire)) : std::nullopt;
}

Judged lookAt(const Look &look, const BlockPatience &patience)
{
    RateLimitLook result;
    ActiveGate *gate = look.seen.active();
    const int before = gate ? gate->sentBy(kId) : 0; // of another product
    auto siege = siegeFor(look, patience);
    if (siege)
        result.login = std::move(*siege);
    else if (isFatal(siege.error(), look))
        return couldNotLook(siege.error());
    else
        result.loginNotTested = siege.error().message;
    const SeriesPlan plan = seriesPlanOf(look.target, look.facts);
    if (!plan.entries.empty() && !look.seen.isOver()) {
        Wire wire(look, kId, plan.ceiling());
        if (wire.isReady())
            result.others = seriesOf(plan, wire, patience);
        else
            result.others.brokenOff = wire.isReady().error().message;
    }
    result.graphQl = askGraphQl(look, result);
    result.code = askCodes(look);
    if (gate) {
        result.requests = gate->sentBy(kId) - before;
        result.known = gate->knownSecrets();
    }
    return judgeRateLimit(result);
}

// The siege, then the other routes, one question of GraphQL and the codes; one wire after the other.
std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    const bool hasSiege = siegeOf(outlook.facts, {}).has_value();
    const bool hasQuestion = hasSiege && graphQlEntryOf(outlook.target, outlook.facts);
    const bool mayTryCodes = codeEntryOf(outlook.target, outlook.facts) &&
                             std::ranges::any_of(outlook.facts.actors, &TestActor::isThrowAway);
    return {{.account = kId,
             .most = (hasSiege ? kSiegeRequests : 0) + seriesPlanOf(outlook.target, outlook.facts).ceiling() +
                     (hasQuestion ? kGraphQlRequests : 0) + (mayTryCodes ? kCodeRequests : 0)}};
}

} // namespace

Check rateLimitCheck(BlockPatience patience)
{
    return {.id = kId,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::EmailDelivery, Impact::Downtime, Impact::CostAbuse},
            .needs = {Need::TestAccounts, Need::Consent},
            .look = [patience = std::move(patience)](const Look &look) { return lookAt(look, patience); },
            .requests = requestsOf,
            .mayGetUsLimited = true};
}

} // namespace cockpit
