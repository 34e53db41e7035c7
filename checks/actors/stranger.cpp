#include "checks/actors/stranger.h"

#include "checks/actors/recordsight.h"
#include "checks/actors/signin.h"
#include "checks/tokens/forgery.h"

#include <algorithm>

namespace cockpit {

namespace {

// A language, a theme, a consent.
constexpr qsizetype kShortestSessionValue = 8;

// Escapes stay: "%3A" with another letter may be none, and a server that cannot read a value says so to nobody else.
QByteArray inventedText(const QByteArray &text)
{
    constexpr qsizetype kEscape = 2;
    QByteArrayList parts = text.split('%');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const qsizetype kept = i == 0 ? 0 : std::min(kEscape, parts[i].size());
        parts[i] = parts[i].left(kept) + inventedLike(Secret(parts[i].sliced(kept))).reveal();
    }
    return parts.join('%');
}

// Of a JWT the signature alone (RFC 7515 section 7.1): some products read the rest before they look at it.
Secret twinOf(const Secret &value)
{
    const QByteArray text = value.reveal();
    const bool isJwt = text.startsWith("eyJ") && text.count('.') == 2;
    const qsizetype from = isJwt ? text.lastIndexOf('.') + 1 : 0;
    return Secret(text.first(from) + inventedText(text.sliced(from)));
}

bool saysNothing(int status)
{
    return status == 400 || status == 408 || status == 429 || status >= 500;
}

} // namespace

Session strangerLike(Session session)
{
    for (StoredCookie cookie : std::vector<StoredCookie>(session.jar.cookies())) {
        if (cookie.value.reveal().size() < kShortestSessionValue)
            continue;
        cookie.value = twinOf(cookie.value);
        session.jar.put(cookie);
    }
    if (session.token)
        session.token = twinOf(*session.token);
    return session;
}

bool tellsApart(const HttpResponse &mine, const HttpResponse &stranger)
{
    if (saysNothing(stranger.status))
        return false;
    if (stranger.status != mine.status)
        return true;
    return (looksSignedOut(stranger) && !looksSignedOut(mine)) || showsOthersThan(mine, stranger);
}

} // namespace cockpit
