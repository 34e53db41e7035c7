#include "checks/abuse/siegeengine.h"

#include "checks/actors/throwaway.h"
#include "checks/engine/activegate.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

std::chrono::seconds waitsOfSiege(const BlockPatience &patience)
{
    const auto tries = kBaselineTries * patience.baselinePause + (kMostTries - kBaselineTries) * patience.pause;
    return std::chrono::ceil<std::chrono::seconds>(2 * (patience.longest + kClockSlack) + 2 * tries);
}

Result<SiegeReport> probe(const LoginSiege &question, ProbeContext &context)
{
    Wire wire(context.observations, kSiegeAccount, kSiegeRequests);
    if (!wire.isReady())
        return tl::unexpected<Error>(wire.isReady().error());
    return SiegeEngine(question, wire).run();
}

std::optional<LoginSiege> siegeOf(const ProjectFacts &facts, const BlockPatience &patience)
{
    const TestActor *chosen = signsInAt({}, facts.actors);
    if (!chosen)
        return std::nullopt;
    return LoginSiege{.login = *loginOf(*chosen), .control = *chosen, .patience = patience};
}

std::vector<LoginSiege> siegesOf(const Target &target, const ProjectFacts &facts, const BlockPatience &patience)
{
    const auto first = siegeOf(facts, patience);
    if (!first)
        return {};
    std::vector<LoginSiege> sieges{*first};
    for (EntryPoint &door : loginDoorsOf(target, facts)) {
        if (door.url == first->login.url)
            continue;
        const TestActor *own = signsInAt(door.url, facts.actors);
        sieges.push_back({.login = std::move(door), .control = own ? *own : first->control, .patience = patience});
    }
    return sieges;
}

} // namespace cockpit
