#include "checks/access/sessiontrial.h"

#include "checks/actors/accountstate.h"
#include "checks/actors/crew.h"
#include "checks/actors/stagingaccount.h"
#include "checks/engine/nothingtotry.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SessionTrial)
};

} // namespace

const TestActor *actorToEnd(const std::vector<TestActor> &actors)
{
    const Crew crew = crewOf(actors);
    const std::array busy{crew.member, crew.admin, crew.otherMember, crew.otherAdmin};
    const auto idle = std::ranges::find_if(actors, [&](const TestActor &actor) {
        return isForSigningIn(actor) && !actor.isThrowAway && std::ranges::find(busy, &actor) == busy.end();
    });
    return idle != actors.end() ? &*idle : crew.anybody;
}

std::variant<TestActor, Judged> signingActor(const Look &look)
{
    return signingActor(look.target, look.facts);
}

std::vector<RequestNeed> needOfSigningActor(const Outlook &outlook, const RequestNeed &need)
{
    if (std::holds_alternative<Judged>(signingActor(outlook.target, outlook.facts)))
        return {};
    return {need};
}

std::variant<TestActor, Judged> signingActor(const Target &target, const ProjectFacts &facts)
{
    std::vector<TestActor> actors = facts.actors;
    std::erase_if(actors, [&](const TestActor &actor) { return isOfStaging(actor, target); });
    if (const auto missing = crewMissing(crewOf(actors), CrewNeed::OneActor))
        return *missing;
    std::erase_if(actors, [](const TestActor &actor) { return !asksToSignIn(actor.signIn.kind); });
    const TestActor *chosen = actorToEnd(actors);
    if (!chosen)
        return nothingToTry(
            Text::tr("All test accounts use a pasted session, and this would end it: record how one signs "
                     "in."));
    return *chosen;
}

QString toWord(SessionForm value)
{
    switch (value) {
    case SessionForm::Token:
        return u"token"_s;
    case SessionForm::Cookies:
        return u"cookies"_s;
    case SessionForm::Both:
        return u"both"_s;
    }
    Q_UNREACHABLE();
}

Session partOf(const Session &session, SessionForm form)
{
    Session part = session;
    if (form == SessionForm::Token)
        part.jar.clear();
    if (form == SessionForm::Cookies)
        part.token.reset();
    return part;
}

std::vector<SessionForm> formsOf(const Session &session)
{
    if (!session.token)
        return {SessionForm::Cookies};
    if (session.jar.isEmpty())
        return {SessionForm::Token};
    return {SessionForm::Token, SessionForm::Cookies, SessionForm::Both};
}

SessionTrial::SessionTrial(const Look &look, TestActor actor, Wire &wire)
    : m_look(look), m_actor(std::move(actor)), m_wire(wire)
{
}

Result<ActorSession> SessionTrial::another() const
{
    return ActorSession(m_actor, m_wire).freshSession();
}

Result<void> SessionTrial::begin()
{
    auto session = another();
    if (!session)
        return tl::unexpected<Error>(session.error());
    m_first.emplace(std::move(*session));
    auto page = findPrivateAnswer(m_look, m_actor, m_wire,
                                  [this](const ActiveRequest &request) { return m_first->ask(request); });
    if (!page)
        return tl::unexpected<Error>(page.error());
    m_page = std::move(*page);
    return {};
}

ActiveRequest SessionTrial::asSession(ActiveRequest request, const Session &session) const
{
    for (const Header &header : session.headersFor(request.url, request.method, QDateTime::currentDateTimeUtc()))
        request.headers.push_back(header);
    request.carriesSecret = true;
    request.actor = m_actor.name;
    return request;
}

Result<SeenStanding> SessionTrial::ask(const Session &session)
{
    SeenStanding seen{.request = asSession(m_page.request, session), .answer = {}};
    auto answer = m_wire.send(seen.request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (obstacleIn(*answer) == Obstacle::TooManyRequests)
        return failure(ErrorKind::NotPermitted, describe(Obstacle::TooManyRequests, *answer));
    seen.standing = standingOf(*answer, m_page);
    seen.answer = std::move(*answer);
    return seen;
}

// In short pieces, as nothing but the token wakes up whoever waits.
bool SessionTrial::pause(std::chrono::milliseconds duration) const
{
    constexpr std::chrono::milliseconds kPiece{50};
    const Observations &seen = m_look.seen;
    if (seen.deadline().remaining() < duration)
        return false;
    const Deadline end = Deadline::in(duration);
    while (!end.hasPassed()) {
        const bool isKilled = m_wire.gate() && m_wire.gate()->isKilled();
        if (isKilled || seen.isOver())
            return false;
        (void)seen.token().waitFor(std::min(kPiece, end.remaining()));
    }
    return true;
}

std::vector<Secret> SessionTrial::known() const
{
    return m_wire.gate() ? m_wire.gate()->knownSecrets() : std::vector<Secret>();
}

Judged trialEnded(const Error &error)
{
    const bool isMissing = error.kind == ErrorKind::NotFound || error.kind == ErrorKind::NotPermitted;
    return isMissing ? notRun(error.message) : couldNotLook(error);
}

} // namespace cockpit
