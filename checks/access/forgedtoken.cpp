#include "checks/access/forgedtoken.h"

#include "checks/access/credentiallook.h"
#include "checks/access/forgedtokenlook.h"
#include "checks/access/sessiontrial.h"
#include "checks/actors/crew.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Where not all checks get what they want, the routes are left out first.
constexpr int kPartsOfBudget = 4;

RequestNeed needOf(const ProjectFacts &facts)
{
    return {.account = u"access.forged-token"_s,
            .most = kForgedTokenCeiling + credentialLookCeiling(facts.routes),
            .fewest = kForgedTokenCeiling,
            .parts = kPartsOfBudget};
}

// One of its own where that can be had: a product may end a session that is used with a broken token.
Result<ActorSession> sessionToBend(const TestActor &actor, Wire &wire)
{
    ActorSession shared(actor, wire);
    if (asksToSignIn(actor.signIn.kind))
        return shared.freshSession();
    return shared;
}

Judged look(const Look &look)
{
    if (!look.seen.active())
        return notRun(labelOf(Need::Consent));
    TokenCrew mine = tokenCrewOf(look.facts.actors, *look.seen.active(), look.target, look.startedAt);
    const Crew crew = crewOf(mine.actors);
    if (const auto missing = crewMissing(crew, CrewNeed::OneActor))
        return *missing;
    // A pasted session is the only one of its account: one that signs in is better.
    std::vector<TestActor> signing = mine.actors;
    std::erase_if(signing, [](const TestActor &actor) { return !asksToSignIn(actor.signIn.kind); });
    Wire wire(look, needOf(look.facts));
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    const TestActor *bent = actorToEnd(signing.empty() ? mine.actors : signing);
    auto session = sessionToBend(*bent, wire);
    if (!session)
        return couldNotLook(session.error());
    const TestActor *other = otherAccountOf(mine, *bent, *look.seen.active());
    auto seen = ForgedTokenRun(look, wire, *session, mine.spare, other).run();
    if (!seen)
        return seen.error().kind == ErrorKind::NotFound ? notRun(seen.error().message) : couldNotLook(seen.error());
    if (seen->brokenOff.isEmpty())
        seen->table = lookAtCredentials(look, wire, mine, *session, seen->place);
    seen->known = look.seen.active()->knownSecrets();
    seen->requests = wire.sent();
    return judgeForgedToken(*seen);
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (crewMissing(crewOf(outlook.facts.actors), CrewNeed::OneActor))
        return {};
    return {needOf(outlook.facts)};
}

} // namespace

Check forgedTokenCheck()
{
    return {.id = u"access.forged-token"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure},
            .needs = {Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf,
            .spendsFirst = true};
}

} // namespace cockpit
