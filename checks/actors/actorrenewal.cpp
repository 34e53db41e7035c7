// How a session is kept alive: a token that is about to expire is renewed, and a program asks for another one.
#include "checks/actors/actorsession.h"
#include "checks/actors/signinattempt.h"

#include <QDateTime>

#include <optional>

namespace cockpit {

namespace {

// Programs get tokens of a minute at times, and the sign-ins are counted.
constexpr int kAskAnewBeforeSeconds = 3;
// A product that refuses each token as ended is not asked for ever.
constexpr int kMostAskedAsRefused = 2;
// In a run, for whatever reason: each is a sign-in. So many of a minute last as long as most runs do; after them the
// token is used until it is refused.
constexpr int kMostAskedAnew = 10;

bool endsWithin(int seconds, const QDateTime &expiresAt)
{
    return !expiresAt.isNull() && QDateTime::currentDateTimeUtc().secsTo(expiresAt) < seconds;
}

} // namespace

bool ActorSession::isRefreshDue() const
{
    const std::lock_guard lock(m_session->mutex);
    const Session &mine = m_session->session;
    if (isAskedAnew())
        return endsWithin(kAskAnewBeforeSeconds, mine.expiresAt);
    const bool canRefresh = mine.refreshToken || (!m_actor.signIn.refreshUrl.isEmpty() && !mine.jar.isEmpty());
    return canRefresh && isRenewalDue(m_session->since, mine.expiresAt, QDateTime::currentDateTimeUtc());
}

// Asked of a copy, so that nobody waits for the network with the session locked.
Result<void> ActorSession::renew()
{
    Session renewed = session();
    if (isAskedAnew() && !renewed.refreshToken)
        return m_session->askedAnew < kMostAskedAnew ? askAnew() : Result<void>();
    if (auto done = refresh(renewed, m_actor, *m_wire); !done)
        return done;
    for (const Secret &value : renewed.secrets())
        m_wire->gate()->learnSecret(value);
    // Theirs or our clock is wrong: each request would renew it once more.
    if (!renewed.expiresAt.isNull() && renewed.expiresAt <= QDateTime::currentDateTimeUtc())
        renewed.expiresAt = {};
    const std::lock_guard lock(m_session->mutex);
    m_session->session = std::move(renewed);
    m_session->since = QDateTime::currentDateTimeUtc();
    m_session->anewAt = Clock::now();
    return {};
}

bool ActorSession::isAskedAnew() const
{
    return m_actor.signIn.kind == SignInKind::OAuthClient && !m_isOwn;
}

// Counted with the sign-ins, as the first one was, while nobody else holds what it takes; else with the check, as
// renewals are. Under the lock of who renews.
Result<void> ActorSession::askAnew()
{
    ++m_session->askedAnew;
    const bool isAside = m_wire->gate() && m_wire->gate()->announce(kSignInCheck, kSignInRequests);
    std::optional<Wire> aside;
    if (isAside)
        aside.emplace(m_wire->seen(), kSignInCheck, kSignInRequests, Announcing::Before);
    auto anew = sessionOf(m_actor, aside ? *aside : *m_wire);
    if (!anew)
        return tl::unexpected<Error>(anew.error());
    for (const Secret &value : anew->secrets())
        m_wire->gate()->learnSecret(value);
    // A clock that is wrong, ours or theirs, or a life of a second: the next request would ask once more, and each one
    // after it.
    if (endsWithin(kAskAnewBeforeSeconds, anew->expiresAt))
        anew->expiresAt = {};
    const std::lock_guard lock(m_session->mutex);
    m_session->session = std::move(*anew);
    m_session->since = QDateTime::currentDateTimeUtc();
    m_session->anewAt = Clock::now();
    return {};
}

Result<HttpResponse> ActorSession::askedAgain(const ActiveRequest &request, Result<HttpResponse> refused)
{
    const auto before = session().token;
    {
        const std::lock_guard lock(m_session->refreshing);
        const bool isNew = session().token != before; // another worker was faster
        const bool isEnough =
            m_session->askedAnew >= kMostAskedAnew || m_session->askedAsRefused >= kMostAskedAsRefused;
        if (!isNew && (isEnough || m_wire->left() < 1))
            return refused;
        if (!isNew) {
            ++m_session->askedAsRefused;
            if (!askAnew())
                return refused;
        }
    }
    const auto again = prepared(request);
    auto answer = again ? m_wire->send(*again) : Result<HttpResponse>(tl::unexpected<Error>(again.error()));
    return answer ? std::move(answer) : std::move(refused);
}

Result<void> ActorSession::refreshIfDue()
{
    if (!isRefreshDue())
        return {};
    const std::lock_guard lock(m_session->refreshing);
    return isRefreshDue() ? renew() : Result<void>();
}

} // namespace cockpit
