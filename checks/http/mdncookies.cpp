// The cookie test of the Observatory: every cookie that its jar kept on the way.
#include "checks/http/mdntests.h"
#include "checks/web/setcookie.h"

#include "checks/net/urlhost.h"
#include "models/publicsuffix.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;
using enum MdnOutcome;

namespace {

// From mild to bad.
constexpr std::array kOrder{CookiesNotSecureButHsts,
                            CookiesNotSecure,
                            CookiesSessionNotSecureButHsts,
                            CookiesSameSiteInvalid,
                            CookiesAntiForgeryWithoutSameSite,
                            CookiesSessionNotHttpOnly,
                            CookiesSessionNotSecure};

class Worst
{
public:
    void note(MdnOutcome outcome)
    {
        if (!m_outcome || std::ranges::find(kOrder, outcome) > std::ranges::find(kOrder, *m_outcome))
            m_outcome = outcome;
    }
    std::optional<MdnOutcome> outcome() const { return m_outcome; }

private:
    std::optional<MdnOutcome> m_outcome;
};

// What the jar refuses: another domain, a public suffix, a prefix whose promise is broken.
bool isKept(const SetCookie &cookie, const QString &host)
{
    if (!cookie.domain.isEmpty()) {
        const bool isOurs = host == cookie.domain || host.endsWith(u'.' + cookie.domain);
        if (!isOurs || (isPublicSuffix(cookie.domain) && host != cookie.domain))
            return false;
    }
    if (cookie.name.startsWith("__Secure-"_L1) && !cookie.secure)
        return false;
    const bool isHostOnly = cookie.secure && cookie.domain.isEmpty() && cookie.path == "/"_L1;
    return !cookie.name.startsWith("__Host-"_L1) || isHostOnly;
}

// RFC 6265 section 5.1.4.
QString defaultPath(const QString &path)
{
    const qsizetype end = path.lastIndexOf(u'/');
    return end <= 0 ? u"/"_s : path.left(end);
}

using Jar = std::map<std::tuple<QString, QString, QString>, SetCookie>;

Jar jarOf(const std::vector<HttpResponse> &answers)
{
    Jar jar;
    for (const HttpResponse &answer : answers) {
        const QString host = hostOf(answer.url);
        for (const QByteArray &line : answer.headerValues("set-cookie")) {
            const auto cookie = parseSetCookie(line);
            if (!cookie || !isKept(*cookie, host) || cookie->name == "heroku-session-affinity"_L1)
                continue;
            const QString path = cookie->path.startsWith(u'/') ? cookie->path : defaultPath(answer.url.path());
            jar.insert_or_assign({cookie->domain.isEmpty() ? host : cookie->domain, path, cookie->name}, *cookie);
        }
    }
    return jar;
}

bool hasSameSite(const SetCookie &cookie)
{
    return cookie.sameSite != SameSite::Unset && cookie.sameSite != SameSite::Invalid;
}

// Any SameSite attribute of the line that is empty or no known word, also where a later one is right.
bool namesUnknownSameSite(const QByteArray &line)
{
    for (const QByteArray &part : line.split(';')) {
        const QByteArrayList words = part.trimmed().split('=');
        if (words.front().trimmed().toLower() != "samesite")
            continue;
        const QByteArray value = words.value(1).trimmed().toLower();
        if (value != "lax" && value != "strict" && value != "none")
            return true;
    }
    return false;
}

void noteFaults(Worst &worst, const SetCookie &cookie, bool hasHsts)
{
    const QString name = cookie.name.toLower();
    const bool isSession = name.contains("login"_L1) || name.contains("sess"_L1);
    if (!cookie.secure) {
        if (cookie.sameSite == SameSite::None)
            worst.note(CookiesSameSiteInvalid);
        worst.note(hasHsts ? CookiesNotSecureButHsts : CookiesNotSecure);
        if (isSession)
            worst.note(hasHsts ? CookiesSessionNotSecureButHsts : CookiesSessionNotSecure);
    }
    if (name.contains("csrf"_L1) && !hasSameSite(cookie))
        worst.note(CookiesAntiForgeryWithoutSameSite);
    if (isSession && !cookie.httpOnly)
        worst.note(CookiesSessionNotHttpOnly);
}

} // namespace

MdnOutcome judgeMdnCookies(const std::vector<HttpResponse> &answers, const HttpResponse &last, bool hasHsts)
{
    const Jar jar = jarOf(answers);
    if (jar.empty())
        return CookiesNotFound;
    Worst worst;
    for (const QByteArray &line : last.headerValues("set-cookie")) {
        if (namesUnknownSameSite(line))
            worst.note(CookiesSameSiteInvalid);
    }
    for (const auto &[place, cookie] : jar)
        noteFaults(worst, cookie, hasHsts);
    if (worst.outcome())
        return *worst.outcome();
    const bool areAllLimited = std::ranges::all_of(jar, [](const auto &entry) { return hasSameSite(entry.second); });
    return areAllLimited ? CookiesSecureWithSameSite : CookiesSecure;
}

} // namespace cockpit
