#include "checks/access/massassignment.h"

#include "checks/access/masslook.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

RequestNeed needOf(const ProjectFacts &facts)
{
    const std::vector<WritePlace> places = writePlaces(facts.routes, facts.samples).places;
    return {.account = u"access.mass-assignment"_s,
            .most = massCeiling(places, facts.routes),
            .fewest = massCeiling(places.size())};
}

Judged look(const Look &look)
{
    const Crew crew = crewOf(look.facts.actors);
    if (const auto missing = crewMissing(crew, CrewNeed::OneActor))
        return *missing;
    Wire wire(look, needOf(look.facts));
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

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (crewMissing(crewOf(outlook.facts.actors), CrewNeed::OneActor))
        return {};
    return {needOf(outlook.facts)};
}

} // namespace

Check massAssignmentCheck()
{
    return {.id = u"access.mass-assignment"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::CostAbuse, Impact::Maintainability},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf,
            .turn = LookTurn::Alone}; // an account that it raises reads more than its role may, until it is put back
}

} // namespace cockpit
