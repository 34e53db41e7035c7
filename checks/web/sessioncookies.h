// What a cookie's name tells: which software sets it, and what it is for.
#pragma once

#include <QString>

#include <optional>

namespace cockpit {

enum class CookieJob {
    Session,         // whoever has it is signed in
    ReadableSession, // a session that its framework reads from scripts by design
    AntiForgery,     // readable by design
    Other,
};
CookieJob jobOf(const QString &cookieName);

struct CookieMaker
{
    QString stack; // "Express"
    CookieJob job = CookieJob::Session;
    QString setting; // where the flags are set, as a line of its configuration; may be empty
    bool operator==(const CookieMaker &) const = default;
};
// Empty for names that no known software uses. A prefix (__Host- and its like) is left out of account.
std::optional<CookieMaker> makerOf(const QString &cookieName);

} // namespace cockpit
