// The session of an account while what it made is taken away: whether it still is one, and another one where it is not.
#include "checks/actors/actorsession.h"
#include "checks/actors/recordowner.h"
#include "checks/actors/signinattempt.h"
#include "checks/actors/stranger.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <thread>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ActorSession)
};

// A product that signs an account out again and again is not signed in at for ever.
constexpr int kMostSignInsToUndo = 3;

} // namespace

// Empty: the answer does not tell.
std::optional<bool> ActorSession::isNamed(Deadline deadline)
{
    if (m_actor.whoAmIUrl.isEmpty())
        return std::nullopt;
    Session mine = session();
    const CookieJar before = mine.jar;
    const int sent = m_wire->sent();
    const auto name = whoIs(mine, m_actor, *m_wire, deadline);
    {
        // Some products hand out a new session with each answer; what another worker kept meanwhile is newer.
        const std::lock_guard lock(m_session->mutex);
        if (m_session->session.jar == before)
            m_session->session.jar = std::move(mine.jar);
    }
    const QString mail = m_actor.userName;
    // The product said no; a gate that lets nothing out any more says so of itself.
    if (!name)
        return name.error().kind == ErrorKind::NotPermitted && m_wire->sent() > sent ? std::optional(false)
                                                                                     : std::nullopt;
    // A server that says 200 to everything names nobody.
    if (name->isEmpty())
        return std::nullopt;
    const bool isOther = name->contains(u'@') && mail.contains(u'@') && name->compare(mail, Qt::CaseInsensitive) != 0;
    return !isOther;
}

Result<HttpResponse> ActorSession::askAsStranger(const ActiveRequest &read, Deadline deadline)
{
    if (auto ready = signIn(); !ready)
        return tl::unexpected<Error>(ready.error());
    ActiveRequest asStranger = read;
    dressAs(strangerLike(session()), asStranger);
    asStranger.actor.clear();
    asStranger.errand = ActiveErrand::Undo;
    asStranger.timeoutMs = std::max(1, static_cast<int>(deadline.remaining().count()));
    return m_wire->send(asStranger);
}

Result<bool> ActorSession::wasSignedIn(const EmptyRead &read, Deadline deadline)
{
    if (auto ready = signIn(); !ready)
        return tl::unexpected<Error>(ready.error());
    const auto isAnotherOne = [&] {
        const std::lock_guard lock(m_session->mutex);
        return m_session->anewAt > read.at;
    };
    if (isAnotherOne())
        return false;
    {
        const std::lock_guard lock(m_session->mutex);
        if (m_session->shownAt > read.at)
            return true;
    }
    const Clock::time_point asked = Clock::now();
    const QString byName = u"who"_s;
    std::optional<bool> isIn = m_askedInVain->contains(byName) ? std::nullopt : isNamed(deadline);
    if (!isIn)
        m_askedInVain->insert(byName);
    const QString byRoute = u"route "_s + read.request.routeName;
    if (!isIn && !read.request.writes && !m_askedInVain->contains(byRoute)) {
        const auto stranger = askAsStranger(read.request, deadline);
        if (!stranger)
            return tl::unexpected<Error>(stranger.error());
        if (tellsApart(read.answer, *stranger))
            isIn = true;
        else if (!read.request.routeName.isEmpty())
            m_askedInVain->insert(byRoute);
    }
    if (!isIn)
        return failure(ErrorKind::NotFound,
                       Text::tr("Nothing shows that %1 is signed in: name the address that says who is signed in.")
                           .arg(m_actor.name));
    if (isAnotherOne())
        return false;
    if (*isIn)
        noteSignedIn(asked);
    return *isIn;
}

void ActorSession::noteSignedIn(Clock::time_point asked)
{
    if (!m_session)
        return;
    const std::lock_guard lock(m_session->mutex);
    m_session->shownAt = std::max(m_session->shownAt, asked);
}

// Counted with the sign-ins while nobody else holds what it takes; else, and after Stop, with the undoing.
Result<void> ActorSession::signInToUndo(Clock::time_point sent, Deadline deadline)
{
    if (auto ready = signIn(); !ready)
        return ready;
    const std::lock_guard oneOnly(m_session->refreshing);
    {
        const std::lock_guard lock(m_session->mutex);
        if (m_session->anewAt > sent)
            return {};
    }
    const Secret *secret = m_wire->gate() ? m_wire->gate()->secretOf(m_actor.id) : nullptr;
    if (!secret || m_session->signedInToUndo >= kMostSignInsToUndo)
        return failure(ErrorKind::NotPermitted, Text::tr("%1 is not signed in any more.").arg(m_actor.name));
    ++m_session->signedInToUndo;
    const bool isOver = m_wire->seen().isOver() || m_wire->gate()->isKilled();
    const bool isAside = !isOver && !m_isOwn && m_wire->gate()->announce(kSignInCheck, kSignInRequests);
    std::optional<Wire> aside;
    if (isAside)
        aside.emplace(m_wire->seen(), kSignInCheck, kSignInRequests, Announcing::Before);
    auto anew = cockpit::signInToUndo(m_actor, *secret, aside ? *aside : *m_wire, deadline);
    if (!anew)
        return tl::unexpected<Error>(anew.error());
    for (const Secret &value : anew->secrets())
        m_wire->gate()->learnSecret(value);
    const std::lock_guard lock(m_session->mutex);
    m_session->session = std::move(*anew);
    m_session->since = QDateTime::currentDateTimeUtc();
    m_session->anewAt = Clock::now();
    return {};
}

void ActorSession::pauseToUndo(std::chrono::milliseconds time) const
{
    const auto isOver = [this] { return m_wire->seen().isOver() || (m_wire->gate() && m_wire->gate()->isKilled()); };
    const bool wasOver = isOver(); // what is left of the grace is then all there is to wait in
    const Deadline end = Deadline::in(time);
    while (!end.hasPassed() && (wasOver || !isOver())) {
        const auto wait = std::min(end.remaining(), kLongestBlindWait);
        if (wasOver)
            std::this_thread::sleep_for(wait);
        else
            m_wire->seen().token().waitFor(wait);
    }
}

} // namespace cockpit
