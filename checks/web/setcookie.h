// Set-Cookie lines (RFC 6265bis), and what browsers make of them.
#pragma once

#include "checks/net/httpclient.h"
#include "checks/web/sessioncookies.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

enum class SameSite { Unset, None, Lax, Strict, Invalid };
QString toWord(SameSite value); // "unset", "none", …

struct SetCookie
{
    QString name;
    QByteArray value; // never leaves the process
    bool secure = false;
    bool httpOnly = false;
    bool partitioned = false;
    SameSite sameSite = SameSite::Unset;
    QString domain; // lower case, without a leading dot; empty: this host alone
    QString path;
    std::optional<qint64> maxAge; // seconds
    QByteArray expires = {};      // the date as it came; the last one
    bool deletes = false;         // takes a cookie away: Max-Age of 0 or less, an Expires in 1970, an empty value

    bool operator==(const SetCookie &) const = default;
};

// Empty for a line without a name and an equals sign. Attributes: any case, the last of its kind wins.
std::optional<SetCookie> parseSetCookie(const QByteArray &line);
// Every readable Set-Cookie line of a response, in order, without those that only delete.
std::vector<SetCookie> cookiesIn(const HttpResponse &response);

// Why browsers throw a cookie away that this host sets; empty when they take it.
enum class CookieRefusal {
    SecurePrefix,      // __Secure- or __Http- without what the name promises
    HostPrefix,        // __Host- without Secure, with a Domain, or for another path than /
    NoneWithoutSecure, // SameSite=None needs Secure, and so does Partitioned
    ForeignDomain,     // a Domain that the host does not belong to, or that belongs to everybody
    TooLong,           // name and value have more than 4096 bytes (RFC 6265bis section 5.6)
};
std::optional<CookieRefusal> refusalOf(const SetCookie &cookie, const QString &host);

} // namespace cockpit
