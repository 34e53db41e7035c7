#include "checks/http/corsquestions.h"

#include "checks/http/hostroutes.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

// Beside the front page. A person who lists more has pages of the same kind among them; more would be a burden.
constexpr size_t kMostRoutes = 100;
constexpr int kMostSpecial = 3; // characters at a route: one that words are made of, and two that end a word
constexpr int kMostOwn = 2;     // at a route
// Thousands of answers stay in memory for the run. A test for robots is shorter (obstacle.cpp), so that a page that is
// cut here is still known not to be one.
constexpr qint64 kBodyCap = 20LL * 1024;
// What is asked at the routes after the telling ones: look-alikes before the mistakes that need a founder's test page.
constexpr std::array kRounds{OriginClass::Suffix,    OriginClass::Dot,       OriginClass::Special,
                             OriginClass::Substring, OriginClass::Subdomain, OriginClass::Downgrade,
                             OriginClass::Hosting,   OriginClass::Localhost};

struct CorsRoute
{
    QUrl url;
    QByteArray preflight = "PUT"; // the method that is asked for
    bool isRead = true;
};

std::vector<CorsRoute> corsRoutes(const Look &look)
{
    const QUrl front = corsFrontAddress(look);
    const std::vector<HostRoute> read = routesToRead(look);
    const std::vector<WriteRoute> written = routesToWrite(look);
    std::vector<CorsRoute> routes;
    routes.reserve(read.size() + written.size());
    for (const HostRoute &route : read) {
        if (route.url != front)
            routes.push_back({.url = route.url});
    }
    for (const WriteRoute &route : written) {
        if (route.url != front)
            routes.push_back({.url = route.url, .preflight = route.method, .isRead = false});
    }
    return routes;
}

// What is asked at one address.
struct Depth
{
    std::vector<TestOrigin> origins;
    std::vector<TestOrigin> preflights;
};

Depth onlyOf(const Depth &depth, OriginClass kind)
{
    const auto isOfIt = [kind](const TestOrigin &origin) { return origin.kind == kind; };
    Depth one;
    std::ranges::copy_if(depth.origins, std::back_inserter(one.origins), isOfIt);
    std::ranges::copy_if(depth.preflights, std::back_inserter(one.preflights), isOfIt);
    return one;
}

std::vector<TestOrigin> without(const std::vector<TestOrigin> &origins, const std::vector<TestOrigin> &asked)
{
    std::vector<TestOrigin> rest;
    std::ranges::copy_if(origins, std::back_inserter(rest),
                         [&](const TestOrigin &origin) { return std::ranges::find(asked, origin) == asked.end(); });
    return rest;
}

void addQuestions(std::vector<CorsQuestion> &questions, const CorsRoute &route, const Depth &depth)
{
    if (route.isRead) {
        for (const TestOrigin &origin : depth.origins)
            questions.push_back({corsQuestion(route.url, origin), {origin, {}, false}});
    }
    for (const TestOrigin &origin : depth.preflights)
        questions.push_back({corsPreflight(route.url, origin, route.preflight), {origin, {}, true}});
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
    for (const CorsRoute &route : corsRoutes(look)) {
        if (route.isRead && urls.size() <= kMostRoutes)
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
    const Depth telling{tellingOrigins(all), oneOfEachClass(tellingOrigins(all))};
    // The project's own origins are there to compare with: those that were asked first are enough.
    const Depth rest{without(fewerOrigins(all), telling.origins), without(preflights, telling.preflights)};
    std::vector<CorsRoute> routes = corsRoutes(look);
    CorsQuestions asked;
    asked.routesLeftOut = static_cast<int>(routes.size() - std::min(routes.size(), kMostRoutes));
    routes.resize(std::min(routes.size(), kMostRoutes));
    addQuestions(asked.first, {.url = corsFrontAddress(look)}, front);
    for (const CorsRoute &route : routes)
        addQuestions(asked.first, route, telling);
    for (const OriginClass kind : kRounds) {
        std::vector<CorsQuestion> round;
        for (const CorsRoute &route : routes)
            addQuestions(round, route, onlyOf(rest, kind));
        if (!round.empty())
            asked.rounds.push_back(std::move(round));
    }
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

HttpGet corsPreflight(const QUrl &url, const TestOrigin &origin, const QByteArray &method)
{
    return {.url = url,
            .method = "OPTIONS",
            .headers = {{"Origin", origin.origin},
                        {"Access-Control-Request-Method", method},
                        {"Access-Control-Request-Headers", "authorization,content-type"}},
            .bodyCap = kBodyCap};
}

} // namespace cockpit
