#include "checks/access/adminseparation.h"

#include "checks/access/rolerun.h"
#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/nothingtotry.h"
#include "checks/web/address.h"
#include "models/routes/routelist.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AdminSeparation)
};

const QString kId = u"access.admin-separation"_s;

// Where products built on common frameworks keep what administrators do, as data and as pages. Each names them: what
// /api/users or /api/billing holds is in many products for everybody who has signed in.
constexpr std::array kUsualPaths{
    "/admin",          "/admin/users",        "/admin/dashboard", "/admin/settings",     "/admin/orders",
    "/admin/logs",     "/api/admin",          "/api/admin/users", "/api/admin/stats",    "/api/admin/orders",
    "/api/admin/logs", "/api/admin/settings", "/api/v1/admin",    "/api/v1/admin/users", "/api/v1/admin/stats",
    "/api/internal",   "/api/v1/internal",    "/internal",        "/api/superadmin",     "/superadmin",
    "/api/backoffice", "/backoffice",         "/dashboard/admin"};

bool isForAdmins(const Route &route)
{
    return route.access == AccessClass::Admin;
}

std::vector<Route> adminRoutes(const std::vector<Route> &routes)
{
    std::vector<Route> kept;
    std::ranges::copy_if(routes, std::back_inserter(kept), isForAdmins);
    return kept;
}

bool isListed(const std::vector<Route> &routes, const QString &path)
{
    return std::ranges::any_of(routes, [&](const Route &route) { return route.path == path && onlyReads(route); });
}

// At the usual host; none that the list has, which says who may call them.
std::vector<Route> usualAdminRoutes(const std::vector<Route> &listed)
{
    std::vector<Route> routes;
    for (const char *path : kUsualPaths) {
        Route route;
        route.path = QString::fromLatin1(path);
        route.access = AccessClass::Admin;
        route.isGuessed = true;
        if (!isListed(listed, route.path))
            routes.push_back(route);
    }
    return routes;
}

std::vector<HttpResponse> inventedAnswers(const Look &look, const Route &route)
{
    const Host *host = hostFor(look.target, route);
    if (!host)
        return {};
    const QString word = probeWord(host->name + look.startedAt.toString(Qt::ISODateWithMs));
    std::vector<HttpGet> questions{HttpGet{httpsAddress(*host, u'/' + word)},
                                   HttpGet{httpsAddress(*host, u"/api/"_s + word)}};
    std::vector<HttpResponse> answers;
    for (const auto &answer : look.seen.askAll(questions)) {
        if (*answer)
            answers.push_back(**answer);
    }
    return answers;
}

// Those at which an administrator finds something that an invented address does not give. search: counts those at which
// nothing is.
std::vector<Route> foundAmong(const std::vector<Route> &usual, const Look &look, const TestActor &admin, Wire &wire,
                              AdminSearch &search)
{
    std::vector<Route> found;
    if (usual.empty())
        return found;
    const InventedAnswers invented(inventedAnswers(look, usual.front()));
    ActorSession session(admin, wire);
    for (const Route &route : usual) {
        const RouteAddress address = addressOf(look.target, route);
        if (!address || look.seen.isOver())
            continue;
        const auto answer = session.ask(requestAt(route, *address));
        if (answer && answer->status == 429)
            break;
        if (answer && isGoodAnswer(*answer, {.invented = &invented}))
            found.push_back(route);
        else if (answer && isNotThere(*answer, invented))
            ++search.notThere;
    }
    return found;
}

// The administrator who asks at the usual addresses; null without one, or without anybody to be told apart from.
const TestActor *adminAmong(const std::vector<TestActor> &actors)
{
    const auto isAdmin = [](const TestActor &one) { return isAdminRole(one.role); };
    const auto admin = std::ranges::find_if(actors, isAdmin);
    return admin == actors.end() || std::ranges::all_of(actors, isAdmin) ? nullptr : &*admin;
}

// facts: with the routes for administrators alone.
RequestNeed needFor(const ProjectFacts &facts, std::size_t usual)
{
    // Of the usual addresses a handful is found.
    constexpr int kUsuallyFound = 6;
    // As many for each check of access that asks by accounts.
    constexpr int kPartsOfBudget = 3;
    // What is found is asked as each account and as a visitor.
    const int found = kBaselineRequests + kUsuallyFound * (static_cast<int>(facts.actors.size()) + 1);
    const int most = roleCeiling(facts) + static_cast<int>(usual) + found;
    return {.account = kId,
            .most = most,
            .fewest = std::min(most, kFewestForRoles + kBaselineRequests + static_cast<int>(usual)),
            .parts = kPartsOfBudget};
}

Judged look(const Look &look)
{
    const std::vector<TestActor> actors = roleActors(look.facts.actors);
    const TestActor *admin = adminAmong(actors);
    if (!admin) {
        const QString missing = whatIsMissing(crewOf(actors), CrewNeed::TwoRoles);
        return nothingToTry(missing.isEmpty() ? Text::tr("Add a test account that is no administrator.") : missing);
    }
    ProjectFacts facts = look.facts;
    facts.routes = adminRoutes(look.facts.routes);
    const std::vector<Route> usual = usualAdminRoutes(look.facts.routes);
    Wire wire(look, needFor(facts, usual.size()));
    if (!wire.isReady())
        return couldNotAsk(wire.isReady().error());
    AdminSearch search{.usual = static_cast<int>(usual.size()),
                       .isListed = !look.facts.routes.empty() && facts.routes.empty()};
    std::ranges::move(foundAmong(usual, look, *admin, wire, search), std::back_inserter(facts.routes));
    const Look narrowed{.seen = look.seen,
                        .target = look.target,
                        .host = look.host,
                        .policy = look.policy,
                        .facts = facts,
                        .startedAt = look.startedAt,
                        .turn = look.turn};
    RoleRun run(narrowed, actors, wire);
    if (const auto ready = run.begin(); !ready)
        return couldNotAsk(ready.error());
    run.ask();
    Judged judged = look.seen.token().isCancelled() ? stoppedAsking() : judgeAdminSeparation(run.take(), search);
    judged.observed.insert(u"sent"_s, wire.sent());
    for (const UndoReport &report : run.undone())
        noteLeft(judged, report);
    return judged;
}

Judged whyNothing(const AdminSearch &search)
{
    if (search.hasFoundNone())
        return nothingToTry(Text::tr("None of your routes is for administrators, and at the %n usual address(es) an "
                                     "administrator is told that nothing is there. If they work elsewhere, mark those "
                                     "routes.",
                                     nullptr, search.usual));
    const QString reason = Text::tr("No route is marked as one for administrators, and at the usual addresses an "
                                    "administrator finds nothing. Mark the routes that are for administrators.");
    const int untold = search.usual - search.notThere;
    return notRun(untold == 0
                      ? reason
                      : reason + u' ' +
                            Text::tr("%n of these addresses did not say that nothing is there.", nullptr, untold));
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (!adminAmong(roleActors(outlook.facts.actors)))
        return {};
    ProjectFacts facts = outlook.facts;
    facts.routes = adminRoutes(outlook.facts.routes);
    return {needFor(facts, usualAdminRoutes(outlook.facts.routes).size())};
}

} // namespace

Judged judgeAdminSeparation(const RoleLook &look, const AdminSearch &search)
{
    Judged judged =
        look.rows.empty()
            ? whyNothing(search)
            : judgeRoles(look, {.exceeds = u"member_is_admin"_s,
                                .open = u"stranger_is_admin"_s,
                                .exceedsTitle = Text::tr("An ordinary account can do what administrators do"),
                                .openTitle = Text::tr("Whoever comes can do what administrators do"),
                                .tellsLacks = false});
    judged.observed.insert(u"usual_paths"_s, search.usual);
    judged.observed.insert(u"usual_not_there"_s, search.notThere);
    return judged;
}

Check adminSeparationCheck()
{
    return {.id = kId,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::TestAccounts},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
