#include "checks/access/massassignment.h"

#include "checks/access/masslook.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

Judged look(const Look &look)
{
    const Crew crew = crewOf(look.facts.actors);
    if (const auto missing = crewMissing(crew, CrewNeed::OneActor))
        return *missing;
    const auto places = writePlaces(look.facts.routes, look.facts.samples).places.size();
    Wire wire(look, u"access.mass-assignment"_s, massCeiling(places));
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    MassLook attempts(look, crew, wire);
    const auto run = attempts.run();
    if (!run)
        return couldNotLook(run.error());
    Judged judged = judgeMassAssignment(*run);
    noteLeft(judged, attempts.undone());
    return judged;
}

} // namespace

Check massAssignmentCheck()
{
    return {.id = u"access.mass-assignment"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::CostAbuse, Impact::Maintainability},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look};
}

} // namespace cockpit
