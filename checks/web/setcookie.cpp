#include "checks/web/setcookie.h"

#include "models/target.h"

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
        cookie.expires = value;
        cookie.deletes = cookie.deletes || value.contains(" 1970 ") || value.contains("-1970 ");
    }
}

constexpr qsizetype kLongestPair = 4096;

bool hasPrefix(const SetCookie &cookie, QLatin1StringView prefix)
{
    return cookie.name.startsWith(prefix, Qt::CaseInsensitive); // browsers compare so, to stop look-alikes
}

bool breaksHostPrefix(const SetCookie &cookie)
{
    return hasPrefix(cookie, "__Host-"_L1) && (!cookie.secure || cookie.path != "/"_L1 || !cookie.domain.isEmpty());
}

bool breaksSecurePrefix(const SetCookie &cookie)
{
    const bool isForHttp = hasPrefix(cookie, "__Http-"_L1) || hasPrefix(cookie, "__Host-Http-"_L1);
    return (hasPrefix(cookie, "__Secure-"_L1) && !cookie.secure) || (isForHttp && (!cookie.secure || !cookie.httpOnly));
}

// example.com may set cookies for itself, and never for com.
bool isForeign(const QString &domain, const QString &host)
{
    if (domain.isEmpty() || domain == host)
        return false;
    const bool isSuffix = registrableDomain(u"x."_s + domain) != domain && registrableDomain(domain) == domain;
    return isSuffix || !host.endsWith(u'.' + domain);
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

std::optional<CookieRefusal> refusalOf(const SetCookie &cookie, const QString &host)
{
    if (breaksHostPrefix(cookie))
        return CookieRefusal::HostPrefix;
    if (breaksSecurePrefix(cookie))
        return CookieRefusal::SecurePrefix;
    if (!cookie.secure && (cookie.sameSite == SameSite::None || cookie.partitioned))
        return CookieRefusal::NoneWithoutSecure;
    if (isForeign(cookie.domain, host))
        return CookieRefusal::ForeignDomain;
    if (cookie.name.toUtf8().size() + cookie.value.size() > kLongestPair)
        return CookieRefusal::TooLong;
    return std::nullopt;
}

} // namespace cockpit
