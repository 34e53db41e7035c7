#include "checks/access/actorsessions.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ActorSessions)
};

} // namespace

ActorSessions::ActorSessions(const std::vector<TestActor> &actors, Wire &wire) : m_actors(actors), m_wire(wire) {}

ActorSession &ActorSessions::sessionOf(const TestActor &actor)
{
    return m_sessions.try_emplace(actor.id, actor, m_wire).first->second;
}

Result<void> ActorSessions::signIn(const TestActor &actor)
{
    return sessionOf(actor).signIn();
}

Result<HttpResponse> ActorSessions::ask(const TestActor *actor, const ActiveRequest &request)
{
    return actor ? sessionOf(*actor).ask(request) : m_wire.send(request);
}

ActiveRequest ActorSessions::dressed(const TestActor *actor, const ActiveRequest &request)
{
    if (!actor)
        return request;
    const auto ready = sessionOf(*actor).prepared(request);
    return ready ? *ready : request;
}

const TestActor *ActorSessions::cleanerFor(const TestActor *actor) const
{
    if (!actor || isAdminRole(actor->role))
        return actor;
    const auto admin = std::ranges::find_if(m_actors, [&](const TestActor &other) {
        return isAdminRole(other.role) && isSameTenant(other, *actor) && !other.isThrowAway;
    });
    return admin == m_actors.end() ? actor : &*admin;
}

const TestActor *ActorSessions::askerOf(const TestActor *actor, const ActiveRequest &request) const
{
    return request.errand == ActiveErrand::Undo && request.writes ? cleanerFor(actor) : actor;
}

Sender ActorSessions::senderOf(const TestActor *actor)
{
    return [this, actor](const ActiveRequest &request) { return ask(askerOf(actor, request), request); };
}

RecordOwner ActorSessions::ownerOf(const TestActor *actor)
{
    RecordOwner owner{.send = senderOf(actor)};
    owner.left = [this] { return m_wire.left(); };
    owner.notes = notesOf(m_wire, actor);
    if (!actor) { // nobody can be signed out
        owner.wasSignedIn = [](const EmptyRead &, Deadline) { return Result<bool>(true); };
        return owner;
    }
    owner.name = cleanerFor(actor)->name;
    owner.notes.common.isRemovedByAdmin = true;
    owner.askedInVain = sessionOf(*actor).askedInVain();
    owner.noteSignedIn = [this, actor](Clock::time_point asked) { sessionOf(*actor).noteSignedIn(asked); };
    owner.wasSignedIn = [this, actor](const EmptyRead &read, Deadline deadline) {
        return sessionOf(*askerOf(actor, read.request)).wasSignedIn(read, deadline);
    };
    owner.asStranger = [this, actor](const ActiveRequest &read, Deadline deadline) {
        return sessionOf(*askerOf(actor, read)).askAsStranger(read, deadline);
    };
    owner.signInAgain = [this, actor](const ActiveRequest &refused, Clock::time_point sent, Deadline deadline) {
        return sessionOf(*askerOf(actor, refused)).signInToUndo(sent, deadline);
    };
    owner.pause = [this, actor](std::chrono::milliseconds time) { sessionOf(*actor).pauseToUndo(time); };
    return owner;
}

std::optional<bool> ActorSessions::isStillSignedIn(const TestActor &actor)
{
    if (actor.whoAmIUrl.isEmpty())
        return std::nullopt;
    const auto health = sessionOf(actor).health();
    return health ? std::optional(health->isSignedIn) : std::nullopt;
}

Judged couldNotAsk(const Error &error)
{
    const bool isForPeople = error.kind == ErrorKind::NotPermitted || error.kind == ErrorKind::NotFound;
    return isForPeople ? notRun(error.message) : couldNotLook(error);
}

Judged stoppedAsking()
{
    return notRun(Text::tr("Stopped before everything was asked for."));
}

QString describeAsker(const TestActor *actor)
{
    if (!actor)
        return Text::tr("somebody who has not signed in");
    QStringList parts{actor->role};
    if (!actor->tenant.isEmpty())
        parts.append(actor->tenant);
    return u"%1 (%2)"_s.arg(actor->name, parts.join(u", "_s));
}

bool isSameTenant(const TestActor &a, const TestActor &b)
{
    const QString tenant = a.tenant.trimmed();
    return !tenant.isEmpty() && tenant.compare(b.tenant.trimmed(), Qt::CaseInsensitive) == 0;
}

} // namespace cockpit
