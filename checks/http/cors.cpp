#include "checks/http/cors.h"

#include "checks/web/address.h"
#include "checks/web/report.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostRoutes = 4; // beside the front page; each is asked once per origin

// The page that a visitor of this host sees: itself, or its www, which has no look of its own.
QUrl frontAddress(const Look &look)
{
    QUrl own = httpsAddress(*look.host);
    const auto walk = look.seen.ask(FollowRedirects{own});
    if (!*walk || (*walk)->end != RedirectEnd::Arrived)
        return own;
    const QUrl landed = (*walk)->last.url;
    const bool isWww = std::ranges::any_of(
        look.target.hosts, [&](const Host &host) { return host.role == HostRole::Www && host.name == landed.host(); });
    return isWww && landed.scheme() == "https"_L1 ? landed : own;
}

// What browsers ask before a request that may change something.
HttpGet preflight(const QUrl &url, const TestOrigin &origin)
{
    return {.url = url,
            .method = "OPTIONS",
            .headers = {{"Origin", origin.origin},
                        {"Access-Control-Request-Method", "PUT"},
                        {"Access-Control-Request-Headers", "authorization,content-type"}}};
}

std::vector<QUrl> addressesOf(const Look &look)
{
    std::vector<QUrl> urls{frontAddress(look)};
    for (const Route &route : look.facts.routes) {
        const bool isHere = route.host == look.host->name || (route.host.isEmpty() && look.host->role == HostRole::Api);
        const bool isPlain = route.method == "GET"_L1 && !route.path.contains(u'{');
        if (isHere && isPlain && urls.size() <= kMostRoutes)
            urls.push_back(httpsAddress(*look.host, route.path));
    }
    return urls;
}

Judged look(const Look &look)
{
    const QString word = probeWord(look.host->name + look.startedAt.toString(Qt::ISODateWithMs));
    const auto origins = testOrigins(look.host->name, registrableDomain(look.host->name), word);
    std::vector<HttpGet> questions;
    std::vector<CorsAnswer> asked;
    for (const QUrl &url : addressesOf(look)) {
        for (const TestOrigin &origin : origins) {
            questions.push_back(HttpGet{.url = url, .headers = {{"Origin", origin.origin}}});
            asked.push_back({origin, {}});
        }
        questions.push_back(preflight(url, origins.front()));
        asked.push_back({origins.front(), {}, true});
    }
    const auto replies = look.seen.askAll(questions);
    std::vector<CorsAnswer> answers;
    for (size_t i = 0; i < replies.size(); ++i) {
        if (*replies[i])
            answers.push_back({asked[i].asked, **replies[i], asked[i].isPreflight});
    }
    if (answers.empty())
        return couldNotLook(replies.front()->error());
    const auto front = look.seen.ask(HttpGet{frontAddress(look)});
    std::vector<SetCookie> sessions;
    if (*front) {
        std::ranges::copy_if(cookiesIn(**front), std::back_inserter(sessions),
                             [](const SetCookie &cookie) { return jobOf(cookie.name) == CookieJob::Session; });
    }
    return judgeCors(answers, sessions);
}

} // namespace

Check corsCheck()
{
    using enum HostRole;
    return {.id = u"http.cors"_s,
            .scope = Scope::EachHost,
            .roles = {Site, App, Api, Admin, Auth, Portal, Other}, // www is the site again
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::BrokenLogin},
            .needs = {},
            .look = look};
}

} // namespace cockpit
