// The cookies of one signed-in account, kept and sent as browsers do (RFC 6265 sections 5.1 to 5.4).
#pragma once

#include "checks/net/httpclient.h"
#include "checks/web/setcookie.h"
#include "models/secret.h"

#include <QDateTime>
#include <QUrl>

#include <optional>
#include <vector>

namespace cockpit {

struct StoredCookie
{
    QString name;
    Secret value;
    QString domain; // lower case, without a leading dot
    QString path;
    bool hostOnly = true;
    bool secure = false;
    bool httpOnly = false;
    QDateTime expires = {}; // null: with the session
    qint64 order = 0;       // in which they were made
};

class CookieJar
{
public:
    // Takes every Set-Cookie line that a browser would take from that answer; those that delete take away.
    void take(const HttpResponse &answer, const QDateTime &now);
    // A pasted Cookie header ("name=value; other=value"), for that host. False when it holds no pair.
    bool takeHeader(const Secret &header, const QUrl &url);
    void put(const StoredCookie &cookie);

    // The value of the Cookie header for that address; empty when there is none.
    Secret headerFor(const QUrl &url, const QDateTime &now) const;
    std::optional<Secret> valueOf(const QString &name) const;
    const std::vector<StoredCookie> &cookies() const { return m_cookies; }
    bool isEmpty() const { return m_cookies.empty(); }
    void remove(const QString &name);
    void clear() { m_cookies.clear(); }

private:
    void takeOne(const SetCookie &cookie, const QUrl &url, const QDateTime &now);

    std::vector<StoredCookie> m_cookies;
    qint64 m_made = 0;
};

// RFC 6265 section 5.1.4.
bool pathMatches(const QString &requestPath, const QString &cookiePath);

} // namespace cockpit
