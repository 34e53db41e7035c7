// The end of a test record. It is gone when its owner cannot see it any more, and the owner was signed in when it
// looked; what a removal was answered with proves nothing.
//
// A record's way out, in order:
//   1. undonotes.h       before it is made: a line in the run's journal, by which a later run finds it after a crash
//   2. undonerecord.h    what a trial knows of one that nobody has seen gone yet; it becomes a CanaryRemoval (here)
//   3. removing.h        finds it, proves that it is ours, removes it, looks again: each request of that
//   4. recordsight.h     what one answer shows of it: there, gone, or nothing that tells. Pure
//   5. removalproof.cpp  whose eyes these were: was the owner signed in (recordowner.h) when it was not shown any more
//   6. stranger.h        where no address says who that is: what somebody gets whom the product does not know
//   7. confirmGone()     strikes the line. What gets here without proof is told as left (undolist.h)
#pragma once

#include "checks/actors/canary.h"
#include "checks/actors/recordowner.h"
#include "checks/actors/wire.h"

#include <memory>
#include <optional>
#include <span>

namespace cockpit {

struct CanaryRemoval
{
    QString text;
    QString id; // empty: it is looked for in the list
    CanaryPlan plan;
    Target target;
    RecordOwner owner;
    bool isProven = false;                 // the text was seen under that id
    bool isShownAlone = true;              // its own address showed it; else only the list tells whether it is gone
    bool isOnLaterPage = false;            // of its list, the first of which did not show it
    bool wasMade = false;                  // the product said so
    bool isUnanswered = false;             // no answer came to the request that made it: it may yet come into being
    bool hasText = true;                   // by which the list can show it
    qsizetype listHeld = 0;                // so many rows its list showed at once before (mayGoOn())
    std::shared_ptr<UndoNote> note = {};   // of the journal; struck by confirmGone()
    std::optional<HttpResponse> list = {}; // as it was when it showed the record

    // The read that did not show it any more, once there was one.
    struct Gone
    {
        ActiveRequest request;
        HttpResponse answer;
        Clock::time_point at;
        bool isInList = false;
    };
    std::optional<Gone> gone = {};
};

constexpr int kCanaryRemovalRequests = 2; // delete, read again
// Further pages of a list that are read for one record which the first page does not show, where requests are left.
constexpr int kMostListPages = 5;

// Removes it and looks whether it is gone: `gone` says by what. kCanaryRemovalRequests where the product is well
// behaved. A limit is waited for and a sign-out is answered by signing in once, and both requests are sent again; so is
// what got no answer, while there is time. What was not seen to have the text is left alone, whatever id an answer
// named. Errors: sentences why it is still there, or (NotFound) why nobody could tell, each with how to remove it by
// hand.
[[nodiscard]] Result<void> removeCanary(CanaryRemoval &removal, Deadline deadline);

// After removeCanary(): that its owner was signed in when it was not shown any more (RecordOwner::wasSignedIn); else it
// is looked for, and removed, once more. Then it is struck from the journal. NotFound when nobody knows whether its
// owner was; other errors are of the record.
[[nodiscard]] Result<void> confirmGone(CanaryRemoval &removal, Deadline deadline);
// Of a read that did not show it any more, whoever took it away (`gone` is the caller's): whether its owner was signed
// in then. Removes nothing and signs nobody in. NotFound: nobody knows; kRemovalControlRequests at most.
[[nodiscard]] Result<bool> wasOwnerSignedIn(CanaryRemoval &looked, Deadline deadline);
// The same as confirmGone() for records of one owner, newest (last) first, as that one shows it for all before it. Ends
// where nobody knows, as nobody will of the others, and at the deadline: kRemovalControlRequests beside what is removed
// once more. The error says of each that is left how to remove it by hand, and of how many more nobody knows; it is
// NotFound where none is known to be there.
[[nodiscard]] Result<void> confirmAllGone(std::span<CanaryRemoval> removals, Deadline deadline);

} // namespace cockpit
