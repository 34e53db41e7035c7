// What is wrong with the old addresses, one finding for each kind of fault, and what it rests on.
#pragma once

#include "checks/http/redirectmap.h"

namespace cockpit {

// The code of the finding that speaks of such addresses; empty for what is no fault.
QString redirectCode(RedirectState state);
std::vector<Finding> redirectMapFindings(const std::vector<Replay> &replays);
// A line for each old address, and the hops of those that go wrong (the first few).
std::vector<Evidence> redirectMapEvidence(const std::vector<Replay> &replays);

} // namespace cockpit
