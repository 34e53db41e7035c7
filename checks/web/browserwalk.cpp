#include "checks/web/browserwalk.h"

#include "checks/net/location.h"
#include "checks/web/movement.h"

#include <algorithm>
#include <map>

namespace cockpit {

namespace {

// A cookie must not leave the host that gave it.
bool staysOnOneHost(const RedirectChain &chain)
{
    return std::ranges::all_of(chain.hops,
                               [&](const RedirectHop &hop) { return hop.url.host() == chain.hops.front().url.host(); });
}

// The last value of each name counts; attributes are left aside: a browser on the same host would send it.
QByteArray cookiesOf(const RedirectChain &chain, Observations &seen)
{
    std::map<QByteArray, QByteArray> jar;
    for (const RedirectHop &hop : chain.hops) {
        const auto answer = seen.ask(HttpGet{.url = hop.url}); // from memory: the walk has asked
        if (!*answer)
            continue;
        for (const QByteArray &line : (*answer)->headerValues("set-cookie")) {
            const QByteArray pair = line.split(';').front().trimmed();
            if (pair.indexOf('=') > 0)
                jar[pair.left(pair.indexOf('='))] = pair;
        }
    }
    QByteArrayList pairs;
    for (const auto &[name, pair] : jar)
        pairs << pair;
    return pairs.join("; ");
}

// Empty when it leaves the host, goes in circles again, or gets no answer.
std::optional<RedirectChain> walkWith(const QByteArray &cookies, const QUrl &from, Observations &seen)
{
    RedirectChain chain;
    QUrl at = from;
    for (int hop = 0; hop <= kMaxRedirects; ++hop) {
        const bool isSecure = at.scheme() == QLatin1String("https");
        const std::vector<Header> headers = isSecure ? std::vector<Header>{{"Cookie", cookies}} : std::vector<Header>();
        const auto answer = seen.ask(HttpGet{.url = at, .headers = headers});
        if (!*answer)
            return std::nullopt;
        const QByteArray location = (*answer)->header("location").value_or(QByteArray());
        chain.hops.push_back({at, (*answer)->status, location});
        chain.last = **answer;
        if (!isRedirectStatus((*answer)->status))
            return chain;
        at = locationTarget(at, location);
        if (at.host() != from.host())
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
    const QByteArray cookies = cookiesOf(**plain, seen);
    if (cookies.isEmpty())
        return *plain;
    if (auto arrived = walkWith(cookies, from, seen))
        return std::move(*arrived);
    return *plain;
}

} // namespace cockpit
