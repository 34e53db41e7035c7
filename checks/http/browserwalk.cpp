#include "checks/http/browserwalk.h"

#include "checks/net/location.h"
#include "checks/net/urlhost.h"
#include "checks/web/setcookie.h"

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A cookie must not leave the host that gave it.
bool staysOnOneHost(const RedirectChain &chain)
{
    return std::ranges::all_of(
        chain.hops, [&](const RedirectHop &hop) { return hostOf(hop.url) == hostOf(chain.hops.front().url); });
}

// RFC 6265 section 5.1.4: without a Path of its own, the folder of the address.
QString pathOf(const SetCookie &cookie, const QUrl &from)
{
    if (cookie.path.startsWith(u'/'))
        return cookie.path;
    const QString path = from.path();
    return path.left(std::max<qsizetype>(path.lastIndexOf(u'/'), 1));
}

bool pathMatches(const QString &cookiePath, const QUrl &url)
{
    const QString path = url.path().isEmpty() ? u"/"_s : url.path();
    if (!path.startsWith(cookiePath))
        return false;
    return path.size() == cookiePath.size() || cookiePath.endsWith(u'/') || path[cookiePath.size()] == u'/';
}

// What browsers keep, by name and path: a cookie that they refuse is the very cause of a circle.
class Jar
{
public:
    void take(const HttpResponse &answer)
    {
        for (const QByteArray &line : answer.headerValues("set-cookie")) {
            const auto cookie = parseSetCookie(line);
            if (!cookie || refusalOf(*cookie, hostOf(answer.url)) || isSecretInClear(*cookie, answer.url))
                continue;
            const std::pair place(cookie->name, pathOf(*cookie, answer.url));
            if (cookie->deletes)
                m_cookies.erase(place);
            else
                m_cookies[place] = cookie->name.toUtf8() + '=' + cookie->value;
        }
    }

    bool isEmpty() const { return m_cookies.empty(); }

    std::vector<Header> headersFor(const QUrl &url) const
    {
        QByteArrayList pairs;
        for (const auto &[place, pair] : m_cookies) {
            if (pathMatches(place.second, url))
                pairs << pair;
        }
        // By plain HTTP a browser would send them, too; a look need not.
        if (pairs.isEmpty() || url.scheme() != "https"_L1)
            return {};
        return {{"Cookie", pairs.join("; ")}};
    }

private:
    // RFC 6265bis section 5.7: Secure by plain HTTP is refused.
    static bool isSecretInClear(const SetCookie &cookie, const QUrl &from)
    {
        return cookie.secure && from.scheme() != "https"_L1;
    }

    std::map<std::pair<QString, QString>, QByteArray> m_cookies;
};

Jar jarOf(const RedirectChain &chain, Observations &seen)
{
    Jar jar;
    for (const RedirectHop &hop : chain.hops) {
        if (const auto answer = seen.ask(HttpGet{.url = hop.url}); *answer) // from memory: the walk has asked
            jar.take(**answer);
    }
    return jar;
}

// Empty when it leaves the host, goes in circles again, or gets no answer.
std::optional<RedirectChain> walkWith(const Jar &jar, const QUrl &from, Observations &seen)
{
    RedirectChain chain;
    QUrl at = from;
    for (int hop = 0; hop <= kMaxRedirects; ++hop) {
        const auto answer = seen.ask(HttpGet{.url = at, .headers = jar.headersFor(at)});
        if (!*answer)
            return std::nullopt;
        const QByteArray location = (*answer)->header("location").value_or(QByteArray());
        chain.hops.push_back({at, (*answer)->status, location});
        chain.last = **answer;
        if (!isRedirectStatus((*answer)->status))
            return chain;
        at = locationTarget(at, location);
        if (hostOf(at) != hostOf(from))
            return std::nullopt;
    }
    return std::nullopt;
}

} // namespace

Result<RedirectChain> walkLikeBrowser(Observations &seen, const QUrl &from)
{
    const auto plain = seen.ask(FollowRedirects{from});
    if (!*plain || (*plain)->end != RedirectEnd::Loop || !staysOnOneHost(**plain))
        return *plain;
    const Jar jar = jarOf(**plain, seen);
    if (jar.isEmpty())
        return *plain;
    if (auto arrived = walkWith(jar, from, seen))
        return std::move(*arrived);
    return *plain;
}

} // namespace cockpit
