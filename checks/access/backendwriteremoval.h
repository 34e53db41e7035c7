// The end of a test record in a backend service: taken away, and seen to be gone.
#pragma once

#include "checks/access/backendwrites.h"
#include "checks/actors/undonotes.h"

namespace cockpit {

// What is known of one test record; shared by the run that makes it and the step that takes it away.
struct BackendTrace
{
    bool wasShown = false; // a stranger was shown it where it stands
    bool wasTaken = false; // the service said that it took it
    bool wasNamed = false; // and under which name of its own
    std::shared_ptr<UndoNote> note = {};
};

// The record is in it.
bool showsRecord(const HttpResponse &answer, const QString &text);
// Whoever sees the place and nothing of ours in it: no rows, no files, no record at that address. Pages say nothing.
bool showsNoRecord(const HttpResponse &answer);

constexpr int kBackendRemovalRequests = 3; // seen, where nobody was shown it yet; removed; seen to be gone

// Takes it away, and strikes it from the journal where a stranger does not see it any more who would see it. What the
// service says of a removal proves nothing; that it refuses one, of a record that it named, tells that it is there.
// NotFound: nobody could see whether it is gone; other errors: it is there.
[[nodiscard]] Result<void> removeFromBackend(const BackendTrial &trial, Wire &wire, BackendTrace &trace,
                                             Deadline deadline);

} // namespace cockpit
