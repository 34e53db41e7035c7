#include "checks/access/tenantisolation.h"

#include "checks/access/crossinglook.h"
#include "checks/actors/crew.h"

#include <QCoreApplication>

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

Judged look(const Look &look)
{
    const Crew crew = crewOf(look.facts.actors);
    if (const auto missing = crewMissing(crew, CrewNeed::TwoTenants))
        return *missing;
    const CrossingRoutes routes = crossingRoutes(look.facts.routes, look.facts.samples);
    if (routes.resources.empty() && routes.questions.empty() && routes.reads.empty())
        return notRun(Text::tr("No route hands out a record by its id. Add routes like GET /invoices/{id}."));
    const std::size_t canaries = std::min(canaryPlans(look.facts.routes, look.facts.samples).size(), kMostCanaries);
    Wire wire(look, u"access.tenant-isolation"_s, crossingCeiling(routes, canaries));
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    ActorSession owner(ownerIn(crew), wire);
    ActorSession outsider(*crew.outsider(), wire);
    return withUndo(look.seen, [&](UndoList &undo) {
        const auto seen = CrossingLook(look, routes, {wire, owner, outsider}, undo).run();
        return seen ? judgeTenantIsolation(*seen) : couldNotLook(seen.error());
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
