#include "checks/access/enumeration.h"

#include "checks/access/enumerationlook.h"
#include "checks/actors/entrypoints.h"
#include "checks/actors/signedin.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Enumeration)
};

// Somebody signs in at a login, and nobody told this run how: it would be asked else.
bool lacksPassword(const Look &look)
{
    return std::ranges::any_of(look.facts.actors, [&](const TestActor &actor) {
        return accountStateOf(actor) == AccountState::Usual && loginOf(actor) &&
               !look.seen.active()->secretOf(actor.id);
    });
}

Judged lookAt(const Look &look, const AnswerTime &timeOf)
{
    if (!look.seen.active())
        return notRun(labelOf(Need::Consent));
    // Wrong passwords for an account could keep the other checks out: it is signed in before.
    std::vector<SignedIn> everybody;
    for (const TestActor &actor : look.facts.actors) {
        const bool isUsual = accountStateOf(actor) == AccountState::Usual;
        if (isUsual && asksToSignIn(actor.signIn.kind) && look.seen.active()->secretOf(actor.id))
            everybody.push_back({actor});
    }
    look.seen.askAll(everybody);
    const EnumerationPlan plan = enumerationPlanOf(look);
    if (plan.isEmpty()) {
        Judged judged = judgeEnumeration({.entries = plan.skipped});
        // A door that was left out is one: it says itself what it needs.
        judged.hasNothingToTry = plan.skipped.empty() && !lacksPassword(look);
        return judged;
    }
    Wire wire(look, plan.need().account, plan.ceiling());
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    const EnumerationLook seen = EnumerationRun(plan, wire, timeOf).run();
    if (look.seen.isOver())
        return couldNotLook({look.seen.token().isCancelled() ? ErrorKind::Cancelled : ErrorKind::TimedOut,
                             Text::tr("Stopped before the answers could be compared.")});
    return judgeEnumeration(seen);
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    const AccountsKnown all{.hasSecret = [](const TestActor &) { return true; },
                            .mayLock = [](const TestActor &one) { return one.isThrowAway; }};
    const EnumerationPlan plan = enumerationPlanOf(outlook, all);
    if (plan.isEmpty())
        return {};
    return {plan.need()};
}

} // namespace

double measuredTime(const HttpResponse &answer)
{
    const HttpTimings &times = answer.timings;
    return std::chrono::duration<double, std::milli>(times.total - times.connect - times.tls).count();
}

Check enumerationCheck(const AnswerTime &timeOf)
{
    return {.id = u"access.enumeration"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover},
            .needs = {Need::TestAccounts, Need::Consent},
            .look = [timeOf](const Look &look) { return lookAt(look, timeOf); },
            .requests = requestsOf,
            .turn = LookTurn::AloneLast};
}

} // namespace cockpit
