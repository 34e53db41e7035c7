#include "checks/access/tenantisolation.h"

#include "checks/access/crossinglook.h"
#include "checks/actors/crew.h"

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

// A budget that is too small for all kinds of records is perhaps enough for some.
bool mayTakeLess(const Wire &wire, const CrossingRoutes &routes)
{
    return wire.gate() && wire.isReady().error().kind == ErrorKind::NotPermitted && !wire.gate()->isKilled() &&
           routes.resources.size() > 1;
}

ResourceLook leftOut(const ResourceRoutes &routes)
{
    ResourceLook left{.name = routes.name, .id = {}};
    left.notTested = Text::tr("%1: the run may not send enough requests for it.").arg(routes.name);
    return left;
}

Judged look(const Look &look)
{
    const Crew crew = crewOf(look.facts.actors);
    if (const auto missing = crewMissing(crew, CrewNeed::TwoTenants))
        return *missing;
    CrossingRoutes routes = crossingRoutes(look.facts.routes, look.facts.samples);
    if (routes.resources.empty() && routes.questions.empty() && routes.reads.empty())
        return notRun(Text::tr("No route hands out a record by its id. Add routes like GET /invoices/{id}."));
    const std::size_t canaries = std::min(canaryPlans(look.facts.routes, look.facts.samples).size(), kMostCanaries);
    std::optional<Wire> wire;
    std::vector<ResourceRoutes> left;
    while (!wire || (!wire->isReady() && mayTakeLess(*wire, routes))) {
        if (wire) {
            left.push_back(std::move(routes.resources.back()));
            routes.resources.pop_back();
        }
        wire.emplace(look, u"access.tenant-isolation"_s, crossingCeiling(routes, canaries));
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
        return judgeTenantIsolation(*seen);
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
            .look = look};
}

} // namespace cockpit
