// The cookies of one signed-in account, kept and sent as browsers do (RFC 6265 sections 5.1 to 5.4).
#pragma once

#include "checks/net/httpclient.h"
#include "checks/web/setcookie.h"
#include "models/secret.h"

#include <QDateTime>
#include <QUrl>

#include <optional>
#include <span>
#include <vector>

namespace cockpit {

struct StoredCookie
{
    QString name;
    Secret value;
    QString domain; // A-labels, without a leading dot
    QString path;
    bool hostOnly = true;
    bool secure = false;
    bool httpOnly = false;
    QDateTime expires = {};                // null: with the session
    std::optional<SameSite> sameSite = {}; // as the product set it; empty: it was pasted, and nobody knows

    bool operator==(const StoredCookie &) const = default;
};

// A product that sets cookies without end is not followed.
constexpr std::size_t kMostCookies = 180; // what browsers keep for one site

class CookieJar
{
public:
    // Takes every Set-Cookie line that a browser would take from that answer; those that delete take away.
    void take(const HttpResponse &answer, const QDateTime &now);
    // A pasted Cookie header ("name=value; other=value", with or without "Cookie:"), for the host of that address.
    // False when it holds no pair.
    bool takeHeader(const Secret &header, const QUrl &url);

    // The value of the Cookie header for that address; empty when there is none.
    Secret headerFor(const QUrl &url, const QDateTime &now) const;
    // Those of that header, in its order.
    std::vector<StoredCookie> sentTo(const QUrl &url, const QDateTime &now) const;
    // Of the first cookie of that name, whatever address it is for.
    std::optional<Secret> valueOf(const QString &name) const;
    const std::vector<StoredCookie> &cookies() const { return m_cookies; } // in the order in which they were made
    bool isEmpty() const { return m_cookies.empty(); }
    // Takes the place of the one with that name, domain and path.
    void put(const StoredCookie &cookie);
    void remove(const QString &name);
    void clear() { m_cookies.clear(); }

    bool operator==(const CookieJar &) const = default;

private:
    void takeOne(const SetCookie &cookie, const QUrl &url, const QDateTime &now);
    void removeOne(const StoredCookie &cookie);

    std::vector<StoredCookie> m_cookies;
};

// "name=value; other=value" (section 4.2.1).
Secret cookieHeaderOf(std::span<const StoredCookie> cookies);

// RFC 6265 section 5.1.4.
bool pathMatches(const QString &requestPath, const QString &cookiePath);
// RFC 6265 section 5.1.1, for the spellings that servers use; null for what is no date.
QDateTime cookieDate(const QByteArray &text);

} // namespace cockpit
