// What is wrong with the old addresses, one finding for each kind of fault, and what it rests on.
#pragma once

#include "checks/http/redirectmap.h"
#include "checks/web/obstacle.h"

namespace cockpit {

// A replay with what is to be said of it: found out once, for it searches whole pages.
struct JudgedReplay
{
    const Replay *replay = nullptr; // of judgeRedirectMap()'s caller
    RedirectState state = RedirectState::Silent;
    std::optional<Obstacle> obstacle = {}; // at the end of its walk
};

// The code of the finding that speaks of such addresses; empty for what is no fault.
QString redirectCode(RedirectState state);
std::vector<Finding> redirectMapFindings(const std::vector<JudgedReplay> &replays);
// A line for each old address, and the hops of those that go wrong (the first few).
std::vector<Evidence> redirectMapEvidence(const std::vector<JudgedReplay> &replays);

} // namespace cockpit
