#include "checks/actors/cookiejar.h"

#include "checks/net/urlhost.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Browsers trust their own machine as they trust HTTPS (W3C Secure Contexts, 3.1).
bool isSecure(const QUrl &url)
{
    const QString host = hostOf(url);
    return url.scheme() == "https"_L1 || host == "localhost"_L1 || host.endsWith(".localhost"_L1) ||
           QHostAddress(host).isLoopback();
}

QString pathOf(const QUrl &url)
{
    const QString path = url.path(QUrl::FullyEncoded);
    return path.startsWith(u'/') ? path : u"/"_s;
}

// RFC 6265 section 5.1.4: up to the last slash, which is left out.
QString defaultPath(const QUrl &url)
{
    const QString path = pathOf(url);
    const qsizetype slash = path.lastIndexOf(u'/');
    return slash <= 0 ? u"/"_s : path.first(slash);
}

bool domainMatches(const QString &host, const StoredCookie &cookie)
{
    return host == cookie.domain || (!cookie.hostOnly && host.endsWith(u'.' + cookie.domain));
}

bool isSentTo(const StoredCookie &cookie, const QUrl &url, const QDateTime &now)
{
    const bool lives = cookie.expires.isNull() || now < cookie.expires;
    return lives && (!cookie.secure || isSecure(url)) && domainMatches(hostOf(url), cookie) &&
           pathMatches(pathOf(url), cookie.path);
}

// Max-Age counts more than Expires (section 5.3).
QDateTime endOf(const SetCookie &cookie, const QDateTime &now)
{
    constexpr qint64 kLongest = 400LL * 24 * 3600; // RFC 6265bis section 5.5
    if (cookie.maxAge)
        return now.addSecs(std::min(*cookie.maxAge, kLongest));
    return cookieDate(cookie.expires);
}

StoredCookie stored(const SetCookie &cookie, const QUrl &url, const QDateTime &now)
{
    return {.name = cookie.name,
            .value = Secret(cookie.value),
            .domain = cookie.domain.isEmpty() ? hostOf(url) : cookie.domain,
            .path = cookie.path.startsWith(u'/') ? cookie.path : defaultPath(url),
            .hostOnly = cookie.domain.isEmpty(),
            .secure = cookie.secure,
            .httpOnly = cookie.httpOnly,
            .expires = endOf(cookie, now),
            .sameSite = cookie.sameSite};
}

bool isSame(const StoredCookie &a, const StoredCookie &b)
{
    return a.name == b.name && a.domain == b.domain && a.path == b.path;
}

int monthOf(const QString &word)
{
    static const QStringList months{u"jan"_s, u"feb"_s, u"mar"_s, u"apr"_s, u"may"_s, u"jun"_s,
                                    u"jul"_s, u"aug"_s, u"sep"_s, u"oct"_s, u"nov"_s, u"dec"_s};
    return static_cast<int>(months.indexOf(word.toLower())) + 1;
}

} // namespace

bool pathMatches(const QString &requestPath, const QString &cookiePath)
{
    if (!requestPath.startsWith(cookiePath))
        return false;
    return requestPath.size() == cookiePath.size() || cookiePath.endsWith(u'/') ||
           requestPath.at(cookiePath.size()) == u'/';
}

QDateTime cookieDate(const QByteArray &text)
{
    static const QRegularExpression date(
        u"(\\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\\d{2,4})\\s+(\\d{1,2}):(\\d{1,2}):(\\d{1,2})"_s);
    // "Sun Nov  6 08:49:37 1994", as asctime() writes it (RFC 9110 section 5.6.7).
    static const QRegularExpression oldest(u"([A-Za-z]{3}) +(\\d{1,2}) (\\d{1,2}:\\d{1,2}:\\d{1,2}) (\\d{4})"_s);
    const QString plain = QString::fromLatin1(text).replace(oldest, u"\\2 \\1 \\4 \\3"_s);
    const auto match = date.match(plain);
    if (!match.hasMatch())
        return {};
    int year = match.captured(3).toInt();
    if (year < 100)
        year += year < 70 ? 2000 : 1900;
    const QDate day(year, monthOf(match.captured(2)), match.captured(1).toInt());
    const QTime time(match.captured(4).toInt(), match.captured(5).toInt(), match.captured(6).toInt());
    return day.isValid() && time.isValid() ? QDateTime(day, time, QTimeZone::utc()) : QDateTime();
}

void CookieJar::removeOne(const StoredCookie &cookie)
{
    std::erase_if(m_cookies, [&](const StoredCookie &one) { return isSame(one, cookie); });
}

// An older one keeps its place in the order (section 5.3, step 11).
void CookieJar::put(const StoredCookie &cookie)
{
    const auto old = std::ranges::find_if(m_cookies, [&](const StoredCookie &one) { return isSame(one, cookie); });
    if (old != m_cookies.end())
        *old = cookie;
    else if (m_cookies.size() < kMostCookies)
        m_cookies.push_back(cookie);
}

void CookieJar::takeOne(const SetCookie &cookie, const QUrl &url, const QDateTime &now)
{
    StoredCookie mine = stored(cookie, url, now);
    // An empty value is a value to a browser; only a time that is over takes a cookie away.
    const bool isOver = !mine.expires.isNull() && mine.expires <= now;
    const bool isLongOver = cookie.deletes && !cookie.value.isEmpty() && cookie.maxAge.value_or(0) <= 0;
    if (isOver || isLongOver)
        removeOne(mine);
    else if (!refusalOf(cookie, hostOf(url)) && (!cookie.secure || isSecure(url)))
        put(mine);
}

void CookieJar::take(const HttpResponse &answer, const QDateTime &now)
{
    for (const QByteArray &line : answer.headerValues("set-cookie")) {
        if (const auto cookie = parseSetCookie(line))
            takeOne(*cookie, answer.url, now);
    }
}

bool CookieJar::takeHeader(const Secret &header, const QUrl &url)
{
    QByteArray text = header.reveal().trimmed();
    if (text.toLower().startsWith("cookie:"))
        text = text.sliced(7);
    bool hasTaken = false;
    for (const QByteArray &part : text.split(';')) {
        const qsizetype equals = part.indexOf('=');
        if (equals <= 0)
            continue;
        put({.name = QString::fromUtf8(part.first(equals).trimmed()),
             .value = Secret(part.sliced(equals + 1).trimmed()),
             .domain = hostOf(url),
             .path = u"/"_s});
        hasTaken = true;
    }
    return hasTaken;
}

// Longer paths first, then the older ones (section 5.4).
std::vector<StoredCookie> CookieJar::sentTo(const QUrl &url, const QDateTime &now) const
{
    std::vector<StoredCookie> sent;
    std::ranges::copy_if(m_cookies, std::back_inserter(sent),
                         [&](const StoredCookie &cookie) { return isSentTo(cookie, url, now); });
    std::ranges::stable_sort(sent, std::ranges::greater(),
                             [](const StoredCookie &cookie) { return cookie.path.size(); });
    return sent;
}

Secret cookieHeaderOf(std::span<const StoredCookie> cookies)
{
    QByteArray header;
    for (const StoredCookie &cookie : cookies) {
        if (!header.isEmpty())
            header += "; ";
        header += cookie.name.toUtf8() + '=' + cookie.value.reveal();
    }
    return Secret(std::move(header));
}

Secret CookieJar::headerFor(const QUrl &url, const QDateTime &now) const
{
    return cookieHeaderOf(sentTo(url, now));
}

std::optional<Secret> CookieJar::valueOf(const QString &name) const
{
    const auto it = std::ranges::find(m_cookies, name, &StoredCookie::name);
    return it == m_cookies.end() ? std::nullopt : std::optional(it->value);
}

void CookieJar::remove(const QString &name)
{
    std::erase_if(m_cookies, [&](const StoredCookie &cookie) { return cookie.name == name; });
}

} // namespace cockpit
