// Whose tokens access.forged-token bends, and the part that puts a second test account into the token of the first.
#include "checks/access/forgedtokenlook.h"
#include "checks/actors/accountstate.h"
#include "checks/actors/refusal.h"
#include "checks/actors/stagingaccount.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ForgedToken)
};

bool isOfOtherTenant(const TestActor &one, const TestActor &account)
{
    return one.tenant.trimmed().compare(account.tenant.trimmed(), Qt::CaseInsensitive) != 0;
}

// The token that stands where the first account has its own.
std::optional<Jwt> tokenAt(const TokenSpot &place, const Session &session)
{
    for (const TokenSpot &spot : TokenSpot::of(session)) {
        if (spot.isCookie() == place.isCookie() && spot.name() == place.name())
            return jwtIn(spot.value());
    }
    return std::nullopt;
}

} // namespace

TokenCrew tokenCrewOf(const std::vector<TestActor> &actors, const ActiveGate &gate, const Target &target,
                      const QDateTime &now)
{
    TokenCrew crew;
    const bool canSignIn =
        std::ranges::any_of(actors, [](const TestActor &actor) { return asksToSignIn(actor.signIn.kind); });
    for (const TestActor &actor : actors) {
        // access.cross-environment tries those of staging.
        if (isOfStaging(actor, target) || !isForSigningIn(actor))
            continue;
        const Secret *value = gate.secretOf(actor.id);
        const bool isPasted = actor.signIn.kind == SignInKind::BearerToken && value;
        const auto token = isPasted ? jwtIn(*value) : std::nullopt;
        if (token && (canSignIn || pastedFaultOf(*token, nullptr, {now, now})))
            crew.spare.push_back({actor, *value});
        else
            crew.actors.push_back(actor);
    }
    return crew;
}

const TestActor *otherAccountOf(const TokenCrew &crew, const TestActor &account, const ActiveGate &gate)
{
    std::vector<const TestActor *> others;
    const auto add = [&](const TestActor &one) {
        const bool isSame = one.id == account.id || one.userName == account.userName;
        if (!isSame && gate.secretOf(one.id))
            others.push_back(&one);
    };
    std::ranges::for_each(crew.actors, add);
    for (const PastedToken &spare : crew.spare)
        add(spare.actor);
    const auto foreign =
        std::ranges::find_if(others, [&](const TestActor *one) { return isOfOtherTenant(*one, account); });
    if (foreign != others.end())
        return *foreign;
    return others.empty() ? nullptr : others.front();
}

// What names the second account, and neither the first one nor a stranger is shown: as it is asked for at the same
// address, or by what the project says of it where that does not tell.
Result<Markers> ForgedTokenRun::markersOfOther(ActorSession &session)
{
    const auto theirs = session.ask(m_result.page.request);
    if (!theirs)
        return tl::unexpected<Error>(theirs.error());
    const std::array others{m_result.page.good, m_result.page.stranger};
    if (!isGoodAnswer(*theirs, {}))
        return markersOf(session.actor(), {}, others);
    const std::array own{*theirs};
    return Markers(markersOf(session.actor(), own, others).in(*theirs));
}

void ForgedTokenRun::tryClaimsOf(const Jwt &theirs, const Markers &markers)
{
    const std::vector<Forgery> made = accountForgeriesOf(*m_result.token, theirs);
    if (made.empty())
        m_result.noOtherAccount = Text::tr("The tokens of %1 and %2 name their account by no claim that differs "
                                           "between them: what becomes of another account under an old signature "
                                           "could not be tried.")
                                      .arg(m_result.actor, m_other->name);
    for (const Forgery &forgery : made) {
        if (isOver())
            return;
        TriedToken one{.kind = forgery.kind, .what = forgery.what, .request = {}, .answer = {}, .markers = markers};
        auto answer = ask(forgery.token, &one.request);
        if (!answer)
            return;
        one.answer = std::move(*answer);
        one.claims = theirs.claims.compact();
        m_result.otherAccount = m_other->name;
        m_result.tried.push_back(std::move(one));
    }
}

void ForgedTokenRun::tryOtherAccount()
{
    if (!m_result.token || isOver())
        return;
    if (!m_other) {
        m_result.noOtherAccount = Text::tr("What becomes of another account under an old signature could not be tried: "
                                           "add a second test account, best of another customer.");
        return;
    }
    ActorSession session(*m_other, m_wire);
    const auto ready = session.signIn();
    const auto markers = ready ? markersOfOther(session) : Result<Markers>(tl::unexpected<Error>(ready.error()));
    const auto theirs = ready ? tokenAt(*m_spot, session.session()) : std::nullopt;
    if (markers && theirs) {
        tryClaimsOf(*theirs, *markers);
        return;
    }
    m_result.noOtherAccount =
        Text::tr("What becomes of another account under an old signature could not be tried: %1 has no such token.")
            .arg(m_other->name);
    if (!markers)
        m_result.noOtherAccount += u' ' + markers.error().message;
}

} // namespace cockpit
