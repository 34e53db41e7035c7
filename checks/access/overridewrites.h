// A change in disguise: on a request that only reads (GET, with the writing method in an override field), or as a body
// of another kind. Tried on a record of our own, as somebody whom the writing route refuses.
#pragma once

#include "checks/access/bypass.h"
#include "checks/access/contentswaps.h"
#include "checks/actors/canaryremoval.h"

namespace cockpit {

// The record; for each of two who are refused the ordinary change and the disguised ones, and reading back after each
// and at the end. What was changed is changed back, and then nobody else tries.
constexpr int kDisguises = 1 + kMostContentSwaps;
constexpr int kOverrideWriteRequests =
    kCanaryRequests + kCanaryRemovalRequests + kRemovalControlRequests + 2 * (2 * (1 + kDisguises) + 2);

// Into result.writes, and what was not sent into result.unsent: without a word where the project marks no record that
// can be made, changed and removed again, as then there is nothing to be tried.
void tryOverrideWrites(const Look &look, const std::vector<TestActor> &actors, BypassRun &run, UndoList &undo);

} // namespace cockpit
