// A change that rides on a request that only reads: GET, with the writing method in an override field. Tried on a
// record of our own, as somebody whom the writing route refuses.
#pragma once

#include "checks/access/bypass.h"
#include "checks/actors/canary.h"

namespace cockpit {

// The record, the refused change, the hidden one, and reading back after each.
constexpr int kOverrideWriteRequests = kCanaryRequests + kCanaryRemovalRequests + 8;

// Into result.writes; nothing where no record can be made and removed again, or nobody is refused.
void tryOverrideWrites(const Look &look, const std::vector<TestActor> &actors, BypassRun &run, UndoList &undo);

} // namespace cockpit
