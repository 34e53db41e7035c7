#include "checks/http/corsquestions.h"

#include "checks/http/hostroutes.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

// Beside the front page. A person who lists more has pages of the same kind among them; more would be a burden.
constexpr size_t kMostRoutes = 40;
constexpr size_t kThoroughRoutes = 4; // asked with every class
constexpr int kMostSpecial = 3;       // characters, where not all are asked
constexpr int kMostOwn = 2;           // where few origins are asked
// Hundreds of answers stay in memory for the run. A test for robots is shorter (obstacle.cpp), so that a page that is
// cut here is still known not to be one.
constexpr qint64 kBodyCap = 32LL * 1024;

std::vector<HostRoute> corsRoutes(const Look &look)
{
    std::vector<HostRoute> routes = routesToRead(look);
    std::erase_if(routes, [front = corsFrontAddress(look)](const HostRoute &route) { return route.url == front; });
    return routes;
}

// What is asked at one address.
struct Depth
{
    std::vector<TestOrigin> origins;
    std::vector<TestOrigin> preflights;
};

void addQuestions(CorsQuestions &asked, const QUrl &url, const Depth &depth)
{
    for (const TestOrigin &origin : depth.origins)
        asked.questions.push_back({corsQuestion(url, origin), {origin, {}, false}});
    for (const TestOrigin &origin : depth.preflights)
        asked.questions.push_back({corsPreflight(url, origin), {origin, {}, true}});
}

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
    for (const HostRoute &route : corsRoutes(look)) {
        if (urls.size() <= kMostRoutes)
            urls.push_back(route.url);
    }
    return urls;
}

CorsQuestions corsQuestions(const Look &look)
{
    std::vector<TestOrigin> all = corsOrigins(look);
    std::ranges::move(ownOrigins(look.target, *look.host), std::back_inserter(all));
    const std::vector<TestOrigin> preflights = oneOfEachClass(all);
    const Depth front{all, preflights};
    const Depth thorough{fewerOrigins(all), preflights};
    const Depth quick{tellingOrigins(all), {all.front()}};
    const std::vector<HostRoute> routes = corsRoutes(look);
    CorsQuestions asked;
    addQuestions(asked, corsFrontAddress(look), front);
    const size_t count = std::min(routes.size(), kMostRoutes);
    for (size_t i = 0; i < count; ++i)
        addQuestions(asked, routes[i].url, i < kThoroughRoutes ? thorough : quick);
    asked.routesLeftOut = static_cast<int>(routes.size() - count);
    asked.routesAskedLess = static_cast<int>(count - std::min(count, kThoroughRoutes));
    return asked;
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
    std::vector<TestOrigin> fewer;
    int special = 0;
    for (const TestOrigin &origin : origins) {
        if (origin.kind != OriginClass::Special || ++special <= kMostSpecial)
            fewer.push_back(origin);
    }
    return fewer;
}

std::vector<TestOrigin> tellingOrigins(const std::vector<TestOrigin> &origins)
{
    using enum OriginClass;
    constexpr std::array kKinds{Arbitrary, Null, Prefix, Subdomain};
    std::vector<TestOrigin> telling;
    int own = 0;
    for (const TestOrigin &origin : oneOfEachClass(origins)) {
        if (std::ranges::find(kKinds, origin.kind) != kKinds.end())
            telling.push_back(origin);
    }
    for (const TestOrigin &origin : origins) {
        if (origin.kind == Own && ++own <= kMostOwn)
            telling.push_back(origin);
    }
    return telling;
}

std::vector<TestOrigin> oneOfEachClass(const std::vector<TestOrigin> &origins)
{
    std::vector<TestOrigin> ones;
    for (const TestOrigin &origin : origins) {
        const bool isNew = std::ranges::find(ones, origin.kind, &TestOrigin::kind) == ones.end();
        if (isNew && origin.kind != OriginClass::Own)
            ones.push_back(origin);
    }
    return ones;
}

HttpGet corsQuestion(const QUrl &url, const TestOrigin &origin)
{
    return {.url = url, .headers = {{"Origin", origin.origin}}, .bodyCap = kBodyCap};
}

HttpGet corsPreflight(const QUrl &url, const TestOrigin &origin)
{
    return {.url = url,
            .method = "OPTIONS",
            .headers = {{"Origin", origin.origin},
                        {"Access-Control-Request-Method", "PUT"},
                        {"Access-Control-Request-Headers", "authorization,content-type"}},
            .bodyCap = kBodyCap};
}

} // namespace cockpit
