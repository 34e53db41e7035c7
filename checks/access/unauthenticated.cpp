#include "checks/access/unauthenticated.h"

#include "checks/access/backendcalls.h"
#include "checks/access/backendmemory.h"
#include "checks/access/backendpages.h"
#include "checks/access/backendreads.h"
#include "checks/access/backendwrites.h"
#include "checks/access/minedroutes.h"
#include "checks/access/rememberedroutes.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/routeinventory.h"
#include "models/routes/routelist.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostRoutes = 200;

// Where products built on common frameworks keep what is private.
constexpr std::array kCommonPaths{"/admin",         "/api/users",       "/api/me",       "/api/user",
                                  "/api/customers", "/api/admin/users", "/api/accounts", "/api/orders",
                                  "/api/invoices",  "/api/v1/users",    "/users",        "/me"};

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
            route.isGuessed = true;
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

// The first pages are in memory: they were read for their links.
QStringList openAmong(const Look &look, const QStringList &hosts)
{
    QStringList open;
    for (const Host &host : look.target.hosts) {
        if (!hosts.contains(host.name))
            continue;
        const auto walk = look.seen.ask(FollowRedirects{httpsAddress(host)});
        if (*walk && !obstacleIn((*walk)->last))
            open.append(host.name);
    }
    return open;
}

struct Asked
{
    std::vector<Route> routes;
    std::vector<HttpGet> questions;
    QStringList hosts;
};

Asked questionsFor(const Look &look, RouteLook &result, std::vector<Route> routes)
{
    std::erase_if(routes, [](const Route &route) { return route.access == AccessClass::Public; });
    AskableRoutes askable = askableReads(look.target, routes, kMostRoutes);
    result.notTried = std::move(askable.notTried);
    Asked asked;
    for (AskableRoute &one : askable.routes) {
        one.route.host = hostOf(one.url);
        asked.routes.push_back(one.route);
        asked.questions.push_back(HttpGet{.url = one.url, .method = one.route.method.toLatin1()});
        if (const QString host = hostOf(one.url); !asked.hosts.contains(host))
            asked.hosts.append(host);
    }
    return asked;
}

// The project's list first, then what was open before, then what was found; common private addresses only where nobody
// named any.
std::vector<Route> routesToAsk(const Look &look, RouteLook &result)
{
    std::vector<Route> routes = look.facts.routes;
    std::vector<Route> mined = minedRoutes(look, routes);
    result.mined = static_cast<int>(mined.size());
    const auto listed = static_cast<std::ptrdiff_t>(routes.size());
    std::ranges::move(mined, std::back_inserter(routes));
    if (!result.fromProject)
        routes = mergedRoutes(std::move(routes), commonRoutes(look.target), usualHostOf(look.target));
    result.foundBefore = foundOpenBefore(look.facts.lastObserved(u"access.unauthenticated"_s));
    const std::vector<Route> unnamed = unnamedAmong(result.foundBefore, routes, look.target);
    result.remembered = static_cast<int>(unnamed.size());
    routes.insert(routes.begin() + listed, unnamed.begin(), unnamed.end());
    return routes;
}

Judged lookAtRoutes(const Look &look)
{
    RouteLook result;
    result.isOver = [&look] { return look.seen.isOver(); };
    result.fromProject =
        std::ranges::any_of(look.facts.routes, [](const Route &r) { return r.access != AccessClass::Public; });
    result.hasRoutes = !look.facts.routes.empty();
    const Asked asked = questionsFor(look, result, routesToAsk(look, result));
    askBaselines(look, result, asked.hosts);
    result.open = openAmong(look, asked.hosts);
    const auto answers = look.seen.askAll(asked.questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        if (*answers[i])
            result.asked.push_back({asked.routes[i], **answers[i]});
        else
            result.silent.push_back(asked.routes[i]);
    }
    Judged judged = judgeUnauthenticated(result);
    if (!result.asked.empty() || answers.empty())
        return judged;
    // What is found at a backend service makes a look of it: what no route said stays open then.
    Judged silent = couldNotLook(answers.front()->error());
    silent.observed = std::move(judged.observed);
    return silent;
}

Judged look(const Look &look)
{
    Judged routes = lookAtRoutes(look);
    QStringList notAsked;
    std::vector<BackendLook> backends = lookAtBackends(look, notAsked);
    // Last, as it may have to wait for others: what reads alone is done by then.
    callBackends(look, backends);
    const QJsonObject before = look.facts.lastObserved(u"access.unauthenticated"_s);
    const auto notAgain = unaskedBackends(before, backends);
    return withUndo(look.seen, [&](UndoList &undo) {
        const std::vector<BackendWrite> writes = writeToBackends(look, backends, undo);
        Judged judged =
            withUnaskedBackends(withNotAsked(withBackends(std::move(routes), backends), notAsked), notAgain);
        return withBackendWrites(std::move(judged), writes, before,
                                 {look.facts.routes, backends, look.facts.openProblems, readAllPages(look)});
    });
}

// For backend services alone; all else reads, and needs no permission.
std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    return {needOfBackends(outlook.facts.routes)};
}

} // namespace

Check unauthenticatedCheck()
{
    return {.id = u"access.unauthenticated"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {}, // without routes it tries common private addresses
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
