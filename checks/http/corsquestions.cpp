#include "checks/http/corsquestions.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

constexpr size_t kMostRoutes = 4; // beside the front page; each is asked once per origin

} // namespace

QUrl corsFrontAddress(const Look &look)
{
    QUrl own = httpsAddress(*look.host);
    const auto walk = look.seen.ask(FollowRedirects{own});
    if (!*walk || (*walk)->end != RedirectEnd::Arrived)
        return own;
    const QUrl landed = (*walk)->last.url;
    const bool isWww = std::ranges::any_of(
        look.target.hosts, [&](const Host &host) { return host.role == HostRole::Www && host.name == hostOf(landed); });
    return isWww && landed.scheme() == QLatin1String("https") ? landed : own;
}

std::vector<QUrl> corsAddresses(const Look &look)
{
    std::vector<QUrl> urls{corsFrontAddress(look)};
    for (const Route &route : look.facts.routes) {
        const bool isHere = route.host == look.host->name || (route.host.isEmpty() && look.host->role == HostRole::Api);
        const bool isPlain = route.method == QLatin1String("GET") && !route.path.contains(u'{');
        if (isHere && isPlain && urls.size() <= kMostRoutes)
            urls.push_back(httpsAddress(*look.host, route.path));
    }
    return urls;
}

std::vector<TestOrigin> corsOrigins(const Look &look)
{
    const QString word = probeWord(look.host->name + look.startedAt.toString(Qt::ISODateWithMs));
    return testOrigins(look.host->name, registrableDomain(look.host->name), word);
}

TestOrigin subdomainOrigin(const Look &look)
{
    const auto origins = corsOrigins(look);
    return *std::ranges::find(origins, OriginClass::Subdomain, &TestOrigin::kind); // always among them
}

std::vector<TestOrigin> fewerOrigins(const std::vector<TestOrigin> &origins)
{
    constexpr int kMostSpecial = 3;
    std::vector<TestOrigin> fewer;
    int special = 0;
    for (const TestOrigin &origin : origins) {
        if (origin.kind != OriginClass::Special || ++special <= kMostSpecial)
            fewer.push_back(origin);
    }
    return fewer;
}

bool isForPreflight(const TestOrigin &origin)
{
    using enum OriginClass;
    constexpr std::array kKinds{Arbitrary, Null, Prefix, Suffix};
    return std::ranges::find(kKinds, origin.kind) != kKinds.end();
}

HttpGet corsQuestion(const QUrl &url, const TestOrigin &origin)
{
    return {.url = url, .headers = {{"Origin", origin.origin}}};
}

HttpGet corsPreflight(const QUrl &url, const TestOrigin &origin)
{
    return {.url = url,
            .method = "OPTIONS",
            .headers = {{"Origin", origin.origin},
                        {"Access-Control-Request-Method", "PUT"},
                        {"Access-Control-Request-Headers", "authorization,content-type"}}};
}

} // namespace cockpit
