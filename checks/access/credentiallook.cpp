#include "checks/access/credentiallook.h"

#include "checks/actors/crew.h"

#include <algorithm>

namespace cockpit {

namespace {

// A token that is bent may end its session: never the one that all checks share.
std::optional<ActorSession> sessionOfAdmin(const TokenCrew &crew, const TestActor &bent, Wire &wire)
{
    std::vector<TestActor> signing = crew.actors;
    std::erase_if(signing, [](const TestActor &actor) { return !asksToSignIn(actor.signIn.kind); });
    const Crew places = crewOf(signing);
    if (!places.admin || places.admin->id == bent.id)
        return std::nullopt;
    auto session = ActorSession(*places.admin, wire).freshSession();
    return session ? std::optional(std::move(*session)) : std::nullopt;
}

std::optional<TokenSpot> spotNamed(const QString &name, const Session &session)
{
    const std::vector<TokenSpot> spots = TokenSpot::of(session);
    const auto found = std::ranges::find(spots, name, &TokenSpot::name);
    return found == spots.end() ? std::nullopt : std::optional(*found);
}

std::optional<Secret> expiredAmong(const std::vector<PastedToken> &spare, const QDateTime &now)
{
    for (const PastedToken &one : spare) {
        const auto token = jwtIn(one.token);
        if (token && pastedFaultOf(*token, nullptr, {now, now}) == ForgeryKind::Expired)
            return one.token;
    }
    return std::nullopt;
}

// Where another account of the project brings a key: in a header that is not the session's own.
QByteArray keyHeaderOf(const std::vector<TestActor> &actors, const QString &spot)
{
    for (const TestActor &actor : actors) {
        const bool isOther = actor.signIn.headerName.compare(spot, Qt::CaseInsensitive) != 0;
        if (actor.signIn.kind == SignInKind::ApiKey && isOther)
            return actor.signIn.headerName.toLatin1();
    }
    return {};
}

} // namespace

int credentialLookCeiling(const std::vector<Route> &routes)
{
    const int rows = credentialCeiling(routes);
    constexpr int kSignOut = 1;
    return rows > 0 ? kSignInRequests + rows + kSignOut : 0;
}

CredentialTable lookAtCredentials(const Look &look, Wire &wire, const TokenCrew &crew, ActorSession session,
                                  const QString &spot)
{
    // Not enough for a sign-in and one route.
    if (look.seen.isOver() || wire.left() < kSignInRequests + kCredentialRowRequests)
        return unaskedCredentials(look);
    if (auto admin = sessionOfAdmin(crew, session.actor(), wire))
        session = std::move(*admin);
    const auto place = session.signIn() ? spotNamed(spot, session.session()) : std::nullopt;
    if (!place)
        return unaskedCredentials(look);
    const std::optional<Secret> expired = expiredAmong(crew.spare, look.startedAt);
    const TestActor actor = session.actor();
    const CredentialQuestion question{
        .look = look,
        .wire = wire,
        .actor = actor,
        .spot = *place,
        .columns = credentialColumns(place->value(), expired, keyHeaderOf(look.facts.actors, spot))};
    CredentialTable table = askCredentials(question);
    // Pasted sessions, and those that all checks share, are not ended.
    const bool mayEnd = !table.rows.empty() && !look.seen.isOver() && wire.left() > 1;
    if (mayEnd && session.signOut())
        askEnded(question, table);
    return table;
}

} // namespace cockpit
