// Set-Cookie lines (RFC 6265bis) and what a cookie's name tells about its job.
#pragma once

#include "checks/net/httpclient.h"

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
    bool deletes = false;         // takes a cookie away: Max-Age of 0 or less, an Expires in 1970, an empty value

    bool operator==(const SetCookie &) const = default;
};

// Empty for a line without a name and an equals sign. Attributes: any case, the last of its kind wins.
std::optional<SetCookie> parseSetCookie(const QByteArray &line);
// Every readable Set-Cookie line of a response, in order, without those that only delete.
std::vector<SetCookie> cookiesIn(const HttpResponse &response);

enum class CookieJob {
    Session,         // whoever has it is signed in
    ReadableSession, // a session that its framework reads from scripts by design (Supabase)
    AntiForgery,     // readable by design
    Other,
};
CookieJob jobOf(const QString &cookieName);

} // namespace cockpit
