// A value that an earlier run changed in the product and did not put back.
#pragma once

#include "checks/actors/actorsession.h"
#include "models/access/undojournal.h"

#include <span>
#include <vector>

namespace cockpit {

// Puts them back and sees them there: values of one run, one account and one place, the newest first, each with what
// was read there before. They are judged together and go out in one request, so that whatever cuts it off leaves all of
// them to be put back, or none. Of one member the oldest counts: what a later entry read there was a test's, and that
// entry is settled with it. Nothing is sent where the place bears no text of a test any more, and shows something that
// no entry has read: what has taken its place is the person's. 4 requests at most. One result for each entry, well also
// where its old value is there already. Errors: sentences why it is not as it was, each with what to do.
[[nodiscard]] std::vector<Result<void>> putBackValues(std::span<const JournalEntry> entries, const Target &target,
                                                      ActorSession &session, Deadline deadline);

} // namespace cockpit
