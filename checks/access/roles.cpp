#include "checks/access/roles.h"

#include "checks/access/rolerun.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QString kId = u"access.roles"_s;

// The table takes the most of all checks, and leaves the others half of what a run may send.
constexpr int kPartsOfBudget = 2;

RequestNeed needOf(const ProjectFacts &facts)
{
    const int most = roleCeiling(facts);
    return {.account = kId, .most = most, .fewest = std::min(most, kFewestForRoles), .parts = kPartsOfBudget};
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    return {needOf(outlook.facts)};
}

Judged look(const Look &look)
{
    Wire wire(look, needOf(look.facts));
    if (!wire.isReady())
        return couldNotAsk(wire.isReady().error());
    const std::vector<TestActor> actors = roleActors(look.facts.actors);
    RoleRun run(look, actors, wire);
    if (const auto ready = run.begin(); !ready)
        return couldNotAsk(ready.error());
    run.ask();
    const auto undone = run.undone();
    Judged judged = look.seen.token().isCancelled() ? stoppedAsking() : judgeRoles(run.take());
    judged.observed.insert(u"sent"_s, wire.sent());
    for (const UndoReport &report : undone)
        noteLeft(judged, report);
    return judged;
}

} // namespace

Check rolesCheck()
{
    return {.id = kId,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::Maintainability},
            .needs = {Need::Routes, Need::TestAccounts},
            .look = look,
            .requests = requestsOf,
            .spendsFirst = true};
}

} // namespace cockpit
