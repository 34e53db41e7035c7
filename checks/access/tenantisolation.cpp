#include "checks/access/tenantisolation.h"

#include "checks/access/crossinglook.h"
#include "checks/actors/crew.h"
#include "checks/engine/nothingtotry.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

// An administrator may take back what was planted, which a member may not everywhere.
const TestActor &ownerIn(const Crew &crew)
{
    return crew.admin ? *crew.admin : *crew.member;
}

const QString kId = u"access.tenant-isolation"_s;

std::size_t canariesFor(const ProjectFacts &facts)
{
    return std::min(canaryPlans(facts.routes, facts.samples).size(), kMostCanaries);
}

// At least one kind of record; kinds are left out from the end.
RequestNeed needFor(const CrossingRoutes &routes, std::size_t canaries)
{
    CrossingRoutes fewer = routes;
    fewer.resources.resize(std::min<std::size_t>(1, fewer.resources.size()));
    return {.account = kId, .most = crossingCeiling(routes, canaries), .fewest = crossingCeiling(fewer, canaries)};
}

std::vector<Finding> openOf(const ProjectFacts &facts)
{
    std::vector<Finding> open = facts.openProblems;
    std::erase_if(open, [](const Finding &finding) { return finding.checkId != kId; });
    return open;
}

// What was found before is asked again, and named where nobody asks it any more.
CrossingRoutes routesOf(const ProjectFacts &facts)
{
    QStringList open;
    for (const Finding &finding : openOf(facts))
        open.append(finding.subject);
    return crossingRoutes(facts.routes, facts.samples, open);
}

bool tellsNothing(const CrossingRoutes &routes)
{
    return routes.resources.empty() && routes.questions.empty() && routes.reads.empty();
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    const CrossingRoutes routes = routesOf(outlook.facts);
    if (crewMissing(crewOf(outlook.facts.actors), CrewNeed::TwoTenants) || tellsNothing(routes))
        return {};
    return {needFor(routes, canariesFor(outlook.facts))};
}

// A budget that is too small for all kinds of records is perhaps enough for some.
bool mayTakeLess(const Wire &wire, const CrossingRoutes &routes)
{
    return wire.gate() && wire.isReady().error().kind == ErrorKind::NotPermitted && !wire.gate()->isKilled() &&
           routes.resources.size() > 1;
}

ResourceLook leftOut(const ResourceRoutes &routes)
{
    ResourceLook left{.name = routes.name, .id = {}};
    left.planned = routeNamesOf(routes);
    left.notTested = Text::tr("%1: the run may not send enough requests for it.").arg(routes.name);
    return left;
}

// What is known to be there and was not asked is no lack of anything to try.
Judged withNothingToAsk(const CrossingRoutes &routes)
{
    QStringList open;
    if (!routes.withoutIds.isEmpty())
        open << withoutIdsGap(routes.withoutIds).sentence;
    if (!routes.placesLeft.isEmpty())
        open << whyNotAskedByGraphQl(routes.placesLeft);
    return open.isEmpty() ? nothingToTry(Text::tr("No route hands out a record by its id. Add routes like GET "
                                                  "/invoices/{id}."))
                          : notRun(open.join(u' '));
}

Judged look(const Look &look)
{
    const Crew crew = crewOf(look.facts.actors);
    if (const auto missing = crewMissing(crew, CrewNeed::TwoTenants))
        return *missing;
    CrossingRoutes routes = routesOf(look.facts);
    if (tellsNothing(routes))
        return withNothingToAsk(routes);
    const std::size_t canaries = canariesFor(look.facts);
    std::vector<ResourceRoutes> left;
    const auto leaveOneOut = [&] {
        left.push_back(std::move(routes.resources.back()));
        routes.resources.pop_back();
    };
    const int share = mayAnnounce(look, needFor(routes, canaries));
    while (routes.resources.size() > 1 && crossingCeiling(routes, canaries) > share)
        leaveOneOut();
    std::optional<Wire> wire;
    while (!wire || (!wire->isReady() && mayTakeLess(*wire, routes))) {
        if (wire)
            leaveOneOut();
        wire.emplace(look, kId, crossingCeiling(routes, canaries));
    }
    if (!wire->isReady())
        return notRun(wire->isReady().error().message);
    ActorSession owner(ownerIn(crew), *wire);
    ActorSession outsider(*crew.outsider(), *wire);
    return withUndo(look.seen, [&](UndoList &undo) {
        auto seen = CrossingLook(look, routes, {*wire, owner, outsider}, undo).run();
        if (!seen)
            return endsTheLook(seen.error()) ? notRun(seen.error().message) : couldNotLook(seen.error());
        for (const ResourceRoutes &one : left)
            seen->resources.push_back(leftOut(one));
        Judged judged = judgeTenantIsolation(*seen);
        keepRenamed(judged, routes.renamed, openOf(look.facts));
        return judged;
    });
}

} // namespace

Check tenantIsolationCheck()
{
    return {.id = u"access.tenant-isolation"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::Maintainability},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf,
            .spendsFirst = true};
}

} // namespace cockpit
