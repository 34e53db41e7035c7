#include "checks/http/setcookie.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

SameSite sameSiteOf(const QByteArray &value)
{
    const QByteArray word = value.toLower();
    if (word == "none")
        return SameSite::None;
    if (word == "lax")
        return SameSite::Lax;
    if (word == "strict")
        return SameSite::Strict;
    return SameSite::Invalid;
}

QString domainOf(const QByteArray &value)
{
    QString domain = QString::fromLatin1(value).toLower();
    if (domain.startsWith(u'.'))
        domain.remove(0, 1);
    return domain;
}

void readAttribute(SetCookie &cookie, const QByteArray &name, const QByteArray &value)
{
    if (name == "secure") {
        cookie.secure = true;
    } else if (name == "httponly") {
        cookie.httpOnly = true;
    } else if (name == "partitioned") {
        cookie.partitioned = true;
    } else if (name == "samesite") {
        cookie.sameSite = sameSiteOf(value);
    } else if (name == "domain") {
        cookie.domain = domainOf(value);
    } else if (name == "path") {
        cookie.path = QString::fromUtf8(value);
    } else if (name == "max-age") {
        bool isNumber = false;
        const qint64 seconds = value.toLongLong(&isNumber);
        if (isNumber)
            cookie.maxAge = seconds;
    } else if (name == "expires") {
        cookie.deletes = cookie.deletes || value.contains(" 1970 ") || value.contains("-1970 ");
    }
}

// Names by stack: Express, PHP, Java, ASP.NET, Laravel, Django, Rails, Clerk, Auth.js, NextAuth, Auth0, WorkOS, Better
// Auth, iron-session, Firebase Hosting, WordPress; then what a home-made session is usually called.
const QRegularExpression &sessionName()
{
    static const QRegularExpression pattern(
        u"^(?:connect\\.sid|PHPSESSID|JSESSIONID|ASP\\.NET_SessionId|\\.AspNetCore\\..*|\\.ASPXAUTH|laravel_session|"
        u"sessionid|"
        "_.+_session|__session|(?:authjs|next-auth|better-auth)\\.session[-_]token(?:\\.\\d+)?|appSession(?:\\.\\d+)?|"
        "wos-session|iron-session.*|wordpress_logged_in_.*|"
        ".*(?:^|[_.-])(?:sess|session|sessid|sid|auth|login|jwt|access[_-]?token|refresh[_-]?token|id[_-]?token|token)"
        "(?:[_.-]?(?:id|token|key|cookie))?)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return pattern;
}

bool isAntiForgery(const QString &name)
{
    constexpr std::array marks{"csrf"_L1, "xsrf"_L1, "antiforgery"_L1};
    return std::ranges::any_of(marks, [&](QLatin1StringView mark) { return name.contains(mark, Qt::CaseInsensitive); });
}

} // namespace

QString toWord(SameSite value)
{
    switch (value) {
    case SameSite::Unset:
        return u"unset"_s;
    case SameSite::None:
        return u"none"_s;
    case SameSite::Lax:
        return u"lax"_s;
    case SameSite::Strict:
        return u"strict"_s;
    case SameSite::Invalid:
        return u"invalid"_s;
    }
    Q_UNREACHABLE();
}

std::optional<SetCookie> parseSetCookie(const QByteArray &line)
{
    const QList<QByteArray> parts = line.split(';');
    const qsizetype equals = parts.front().indexOf('=');
    if (equals <= 0)
        return std::nullopt;
    SetCookie cookie;
    cookie.name = QString::fromUtf8(parts.front().first(equals).trimmed());
    cookie.value = parts.front().sliced(equals + 1).trimmed();
    if (cookie.name.isEmpty())
        return std::nullopt;
    for (const QByteArray &part : parts.sliced(1)) {
        const qsizetype at = part.indexOf('=');
        const QByteArray name = (at < 0 ? part : part.first(at)).trimmed().toLower();
        readAttribute(cookie, name, at < 0 ? QByteArray() : part.sliced(at + 1).trimmed());
    }
    cookie.deletes = cookie.deletes || cookie.value.isEmpty() || cookie.maxAge.value_or(1) <= 0;
    return cookie;
}

std::vector<SetCookie> cookiesIn(const HttpResponse &response)
{
    std::vector<SetCookie> cookies;
    for (const QByteArray &line : response.headerValues("set-cookie")) {
        if (const auto cookie = parseSetCookie(line); cookie && !cookie->deletes)
            cookies.push_back(*cookie);
    }
    return cookies;
}

CookieJob jobOf(const QString &cookieName)
{
    static const QRegularExpression supabase(u"^sb-.+-auth-token(?:\\.\\d+)?$"_s);
    static const QRegularExpression prefix(u"^__(?:Host|Secure|Http)-"_s, QRegularExpression::CaseInsensitiveOption);
    QString name = cookieName;
    name.remove(prefix);
    if (isAntiForgery(name))
        return CookieJob::AntiForgery;
    if (supabase.match(name).hasMatch())
        return CookieJob::ReadableSession;
    return sessionName().match(name).hasMatch() ? CookieJob::Session : CookieJob::Other;
}

} // namespace cockpit
