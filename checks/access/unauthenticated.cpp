#include "checks/access/unauthenticated.h"

#include "checks/access/minedroutes.h"
#include "checks/web/address.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostRoutes = 60;

// Where products built on common frameworks keep what is private.
constexpr std::array kCommonPaths{"/admin",         "/api/users",       "/api/me",       "/api/user",
                                  "/api/customers", "/api/admin/users", "/api/accounts", "/api/orders",
                                  "/api/invoices",  "/api/v1/users",    "/users",        "/me"};

const Host *hostFor(const Target &target, const Route &route)
{
    if (!route.host.isEmpty()) {
        const auto it = std::ranges::find(target.hosts, route.host, &Host::name);
        return it == target.hosts.end() ? nullptr : &*it;
    }
    if (const Host *api = apiHost(target))
        return api;
    return target.hosts.empty() ? nullptr : &target.hosts.front();
}

// /invoices/{id} is asked for as /invoices/1.
QString filledPath(const QString &path)
{
    static const QRegularExpression hole(u"\\{[^}]*\\}|:[A-Za-z_]+"_s);
    QString filled = path;
    filled.replace(hole, u"1"_s);
    return filled.startsWith(u'/') ? filled : u'/' + filled;
}

bool onlyReads(const Route &route)
{
    return route.method == "GET"_L1 || route.method == "HEAD"_L1;
}

std::vector<Route> commonRoutes(const Target &target)
{
    std::vector<Route> routes;
    for (const Host &host : target.hosts) {
        if (host.role == HostRole::Mail || host.role == HostRole::Www)
            continue;
        for (const char *path : kCommonPaths) {
            Route route;
            route.path = QString::fromLatin1(path);
            route.host = host.name;
            routes.push_back(route);
        }
    }
    return routes;
}

void askBaselines(const Look &look, RouteLook &result, const QStringList &hosts)
{
    std::vector<HttpGet> questions;
    for (const Host &host : look.target.hosts) {
        if (!hosts.contains(host.name))
            continue;
        const QString word = probeWord(host.name + look.startedAt.toString(Qt::ISODateWithMs));
        questions.push_back(HttpGet{httpsAddress(host, u'/' + word)});
        questions.push_back(HttpGet{httpsAddress(host, u"/api/"_s + word)});
    }
    for (const auto &answer : look.seen.askAll(questions)) {
        if (*answer)
            result.baselines.push_back(**answer);
    }
}

struct Asked
{
    std::vector<Route> routes;
    std::vector<HttpGet> questions;
    QStringList hosts;
};

Asked questionsFor(const Look &look, RouteLook &result, const std::vector<Route> &routes)
{
    Asked asked;
    for (const Route &route : routes) {
        if (route.access == AccessClass::Public)
            continue;
        const Host *host = hostFor(look.target, route);
        if (!onlyReads(route) || !host || asked.routes.size() >= kMostRoutes) {
            result.notTested.append(route.method + u' ' + route.path);
            continue;
        }
        asked.routes.push_back(route);
        asked.questions.push_back(
            HttpGet{.url = httpsAddress(*host, filledPath(route.path)), .method = route.method.toLatin1()});
        if (!asked.hosts.contains(host->name))
            asked.hosts.append(host->name);
    }
    return asked;
}

Judged look(const Look &look)
{
    RouteLook result;
    result.fromProject =
        std::ranges::any_of(look.facts.routes, [](const Route &r) { return r.access != AccessClass::Public; });
    std::vector<Route> routes = look.facts.routes;
    if (!result.fromProject) {
        routes = minedRoutes(look);
        result.mined = static_cast<int>(routes.size());
        std::ranges::move(commonRoutes(look.target), std::back_inserter(routes));
    }
    const Asked asked = questionsFor(look, result, routes);
    askBaselines(look, result, asked.hosts);
    const auto answers = look.seen.askAll(asked.questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        if (*answers[i])
            result.asked.push_back({asked.routes[i], **answers[i]});
    }
    if (result.asked.empty() && !answers.empty())
        return couldNotLook(answers.front()->error());
    return judgeUnauthenticated(result);
}

} // namespace

Check unauthenticatedCheck()
{
    return {.id = u"access.unauthenticated"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {}, // without routes it tries common private addresses
            .look = look};
}

} // namespace cockpit
