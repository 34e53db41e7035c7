// A value that an earlier run changed in the product and did not put back.
#pragma once

#include "checks/actors/actorsession.h"
#include "models/access/undojournal.h"

#include <span>
#include <vector>

namespace cockpit {

// Puts them back, in this order, and sees them there: values of one run, one account and one place, each with all that
// was read there before. Judged when all were sent, as one of them may bring what another one wants. Nothing is sent
// where none shows a text of a test any more: what has taken its place is the person's. 1 + 2 * entries requests at
// most. One result for each entry, well also where its old value is there already. Errors: sentences why it is not as
// it was, each with what to do.
[[nodiscard]] std::vector<Result<void>> putBackValues(std::span<const JournalEntry> entries, const Target &target,
                                                      ActorSession &session, Deadline deadline);

} // namespace cockpit
