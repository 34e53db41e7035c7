#include "checks/abuse/ratelimit.h"

#include "checks/abuse/ratelimitneed.h"
#include "checks/abuse/siegelook.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/throwaway.h"
#include "checks/engine/activegate.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QString &kId = kSiegeAccount;

// What ends the whole look, other than a login that tells nothing.
bool isFatal(const Error &error, const Look &look)
{
    return look.seen.isOver() || error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NotPermitted;
}

// What the siege of one run shares with what comes behind it.
class LimitLook
{
public:
    LimitLook(const Look &look, const BlockPatience &patience)
        : m_look(look),
          m_patience(patience),
          m_outlook{look.target, look.facts},
          m_gate(look.seen.active()),
          m_before(m_gate ? m_gate->sentBy(kId) : 0), // of another product
          m_share(mayAnnounce(look, limitNeedOf(m_outlook)))
    {
    }

    // The error that ends it all.
    Result<RateLimitLook> run();

private:
    Result<void> besiege();
    void knock();
    void askGraphQl();
    void askCodes();
    void tryCodes(const std::vector<CodeEntry> &entries, const TestActor &account);
    int sent() const { return m_gate ? m_gate->sentBy(kId) - m_before : 0; }
    int left() const { return m_share - sent(); }
    bool isOver() const { return m_look.seen.isOver(); }

    const Look &m_look;
    const BlockPatience &m_patience;
    const Outlook m_outlook;
    ActiveGate *const m_gate;
    const int m_before;
    const int m_share; // of the run's requests
    RateLimitLook m_result;
};

Result<void> LimitLook::besiege()
{
    auto siege = siegeFor(m_look, m_patience);
    if (siege)
        m_result.login = std::move(*siege);
    else if (isFatal(siege.error(), m_look))
        return tl::unexpected<Error>(siege.error());
    else
        m_result.loginNotTested = siege.error().message;
    if (siegeOf(m_look.facts, m_patience))
        m_result.otherLogins = otherSiegesFor(m_look, limitNeedOf(m_outlook), m_patience);
    return {};
}

void LimitLook::knock()
{
    SeriesPlan plan = seriesPlanOf(m_look.target, m_look.facts);
    plan.keepWithin(left() - keptForTheEnd(m_outlook));
    m_result.others.notTried = plan.notTried;
    if (plan.entries.empty() || isOver())
        return;
    Wire wire(m_look, kId, plan.ceiling());
    if (wire.isReady())
        m_result.others = seriesOf(plan, wire, m_patience);
    else
        m_result.others.brokenOff = wire.isReady().error().message;
}

// At an account that may be locked alone.
void LimitLook::askGraphQl()
{
    const std::vector<GraphQlEntry> entries = graphQlEntriesOf(m_look.target, m_look.facts);
    const auto siege = siegeOf(m_look.facts, {});
    const bool hasAccount = siege && m_result.login && !m_result.login->account.isEmpty();
    for (const GraphQlEntry &entry : entries) {
        const bool isFirst = &entry == &entries.front();
        if (isOver())
            return;
        if (!hasAccount) {
            m_result.notTried.push_back({routeName(entry.route), UntriedDoor::Why::NoAccount});
            continue;
        }
        Wire wire(m_look, kId, isFirst || left() >= kGraphQlRequests ? kGraphQlRequests : 0);
        if (wire.left() == 0 || !wire.isReady()) {
            m_result.notTried.push_back({routeName(entry.route), UntriedDoor::Why::TooMany});
            continue;
        }
        for (GraphQlTries &one : graphQlTriesOf(entry, siege->control.userName, wire)) {
            one.isFurther = !isFirst;
            m_result.graphQl.push_back(std::move(one));
        }
    }
}

void LimitLook::tryCodes(const std::vector<CodeEntry> &entries, const TestActor &account)
{
    for (const CodeEntry &entry : entries) {
        const bool isFirst = &entry == &entries.front();
        if (isOver())
            return;
        Wire wire(m_look, kId, isFirst || left() >= kCodeRequests ? kCodeRequests : 0);
        if (wire.left() > 0 && wire.isReady())
            m_result.codes.push_back(codeTriesOf(entry, account.userName, wire));
        else
            m_result.notTried.push_back({routeName(entry.point.route), UntriedDoor::Why::TooMany});
    }
}

// The same account: wrong codes may lock it as well.
void LimitLook::askCodes()
{
    const std::vector<CodeEntry> entries = codeEntriesOf(m_look.target, m_look.facts);
    const TestActor *throwAway = throwAwayAmong(m_look.facts.actors);
    if (throwAway && m_gate && m_gate->mayLock(throwAway->id)) {
        tryCodes(entries, *throwAway);
    } else {
        for (const CodeEntry &entry : entries)
            m_result.notTried.push_back({routeName(entry.point.route), UntriedDoor::Why::NoAccount});
    }
    for (CodeTries &one : codesNotTried(m_look.target, m_look.facts))
        m_result.codes.push_back(std::move(one));
}

Result<RateLimitLook> LimitLook::run()
{
    if (const auto besieged = besiege(); !besieged)
        return tl::unexpected<Error>(besieged.error());
    knock();
    askGraphQl();
    askCodes();
    m_result.requests = sent();
    if (m_gate)
        m_result.known = m_gate->knownSecrets();
    return std::move(m_result);
}

// A door that nothing was sent to is there all the same.
bool namesDoors(const RateLimitLook &result)
{
    return !result.notTried.empty() || !result.others.notTried.empty() || !result.otherLogins.notTried.empty() ||
           !result.codes.empty();
}

Judged lookAt(const Look &look, const BlockPatience &patience)
{
    const auto result = LimitLook(look, patience).run();
    if (!result)
        return couldNotLook(result.error());
    Judged judged = judgeRateLimit(*result);
    // No login, no other door, no question and no code, whether or not anything may be sent to it.
    judged.hasNothingToTry = limitNeedOf({look.target, look.facts}).most == 0 && !namesDoors(*result);
    return judged;
}

} // namespace

Check rateLimitCheck(const BlockPatience &patience)
{
    return {.id = kId,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::EmailDelivery, Impact::Downtime, Impact::CostAbuse},
            .needs = {Need::TestAccounts, Need::Consent},
            .look = [patience](const Look &look) { return lookAt(look, patience); },
            .requests = [patience](const Outlook &outlook) { return std::vector{limitNeedOf(outlook, patience)}; },
            .turn = LookTurn::AloneLast};
}

} // namespace cockpit
