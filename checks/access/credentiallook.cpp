#include "checks/access/credentiallook.h"

#include "checks/actors/crew.h"

#include <algorithm>

namespace cockpit {

namespace {

// Of those that can sign in and are not the account whose token is bent.
const TestActor *adminBeside(const TokenCrew &crew, const TestActor &bent)
{
    const Crew places = crewOf(crew.actors);
    return places.admin && places.admin->id != bent.id ? places.admin : nullptr;
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
    constexpr int kSignOut = 1;
    const int rows = credentialCeiling(routes);
    return rows > 0 ? rows + kSignOut : 0;
}

CredentialTable lookAtCredentials(const Look &look, Wire &wire, const TokenCrew &crew, ActorSession session,
                                  const QString &spot)
{
    if (look.seen.isOver())
        return unaskedCredentials(look);
    const auto place = session.signIn() ? spotNamed(spot, session.session()) : std::nullopt;
    if (!place)
        return unaskedCredentials(look);
    const std::optional<Secret> expired = expiredAmong(crew.spare, look.startedAt);
    const TestActor actor = session.actor();
    const TestActor *other = adminBeside(crew, actor);
    std::optional<ActorSession> admin;
    if (other)
        admin.emplace(*other, wire);
    const CredentialQuestion question{
        .look = look,
        .wire = wire,
        .actor = actor,
        .spot = *place,
        .columns = credentialColumns(place->value(), expired, keyHeaderOf(look.facts.actors, spot)),
        .admin = admin && admin->signIn() ? &*admin : nullptr};
    CredentialTable table = askCredentials(question);
    // Pasted sessions, and those that all checks share, are not ended.
    const bool mayEnd = !table.rows.empty() && !look.seen.isOver() && wire.left() > 1;
    if (!mayEnd)
        return table;
    const auto signOut = session.signOut();
    if (!signOut)
        return table;
    // Refused, for want of a token against forged requests say: the session lives, and opens what it may open.
    if (signOut->status >= 400)
        table.refusedSignOut = signOut->status;
    else
        askEnded(question, table);
    return table;
}

} // namespace cockpit
