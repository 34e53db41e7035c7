#include "checks/access/tokenspot.h"

#include "checks/tokens/jwt.h"
#include "checks/web/sessioncookies.h"

#include <algorithm>

namespace cockpit {

namespace {

// Shorter ones are settings ("dark", "en").
constexpr qsizetype kShortestSession = 12;

// The likeliest to be the session first: 0 is best, 3 is none.
int rankOf(const StoredCookie &cookie)
{
    if (jobOf(cookie.name) == CookieJob::AntiForgery || cookie.value.reveal().size() < kShortestSession)
        return 3;
    if (jwtIn(cookie.value))
        return 0;
    return jobOf(cookie.name) == CookieJob::Other ? 2 : 1;
}

} // namespace

bool holdsSession(const QString &name, const Secret &value)
{
    const CookieJob job = jobOf(name);
    const bool isToken = job == CookieJob::Other && jwtIn(value);
    return job == CookieJob::Session || job == CookieJob::ReadableSession || isToken;
}

TokenSpot::TokenSpot(const Session &session, QString name, bool isCookie, Secret value, bool withCookies)
    : m_session(session),
      m_name(std::move(name)),
      m_isCookie(isCookie),
      m_value(std::move(value)),
      m_withCookies(withCookies)
{
}

std::vector<TokenSpot> TokenSpot::of(const Session &session)
{
    std::vector<TokenSpot> spots;
    if (session.token) {
        const QString name = QString::fromLatin1(session.tokenHeader);
        spots.push_back(TokenSpot(session, name, false, *session.token, false));
        if (!session.jar.isEmpty())
            spots.push_back(TokenSpot(session, name, false, *session.token, true));
    }
    std::vector<StoredCookie> cookies = session.jar.cookies();
    std::erase_if(cookies, [](const StoredCookie &cookie) { return rankOf(cookie) == 3; });
    std::ranges::stable_sort(cookies, {}, rankOf);
    for (const StoredCookie &cookie : cookies) {
        if (spots.size() < kMostSpots)
            spots.push_back(TokenSpot(session, cookie.name, true, cookie.value, true));
    }
    return spots;
}

ActiveRequest TokenSpot::dressed(ActiveRequest request, const std::optional<Secret> &value,
                                 const TestActor &actor) const
{
    Session changed = m_session;
    if (!m_withCookies)
        changed.jar.clear();
    if (!m_isCookie) {
        changed.token = value;
    } else {
        for (StoredCookie cookie : m_session.jar.cookies()) {
            if (cookie.name != m_name)
                continue;
            cookie.value = value.value_or(Secret());
            changed.jar.put(cookie);
        }
        if (!value)
            changed.jar.remove(m_name);
    }
    for (const Header &header : changed.headersFor(request.url, request.method, QDateTime::currentDateTimeUtc()))
        request.headers.push_back(header);
    request.carriesSecret = true;
    request.actor = actor.name;
    return request;
}

} // namespace cockpit
