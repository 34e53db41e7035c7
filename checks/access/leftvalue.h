// A value that an earlier run changed in the product and did not put back.
#pragma once

#include "checks/actors/actorsession.h"
#include "models/access/undojournal.h"

namespace cockpit {

// Puts it back, and sees it there. Well also where the old value is there already. Nothing is sent where something else
// than a text of a test has taken its place: that is the person's. Three requests at most. Errors: sentences why it is
// not as it was, each with what to do.
[[nodiscard]] Result<void> putBackValue(const JournalEntry &entry, const Target &target, ActorSession &session,
                                        Deadline deadline);

} // namespace cockpit
