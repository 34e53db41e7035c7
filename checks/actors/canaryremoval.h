// The end of a test record. It is gone when its owner cannot see it any more, and the owner was signed in when it
// looked; what a removal was answered with proves nothing.
#pragma once

#include "checks/actors/canary.h"
#include "checks/actors/recordowner.h"
#include "checks/actors/wire.h"

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
    bool wasMade = false;                  // the product said so
    bool isUnanswered = false;             // no answer came to the request that made it: it may yet come into being
    bool hasText = true;                   // by which the list can show it
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

// Removes it and looks whether it is gone: `gone` says by what. kCanaryRemovalRequests where the product is well
// behaved. A limit is waited for and a sign-out is answered by signing in once, and both requests are sent again. What
// was not seen to have the text is left alone, whatever id an answer named. Errors: sentences why it is still there, or
// why nobody could tell, each with how to remove it by hand.
[[nodiscard]] Result<void> removeCanary(CanaryRemoval &removal, Deadline deadline);

// After removeCanary(): that its owner was signed in when it was not shown any more (RecordOwner::wasSignedIn); else it
// is looked for, and removed, once more. NotFound when nobody knows whether its owner was; other errors are of the
// record.
[[nodiscard]] Result<void> confirmGone(CanaryRemoval &removal, Deadline deadline);
// The same for records of one owner, newest (last) first, as that one shows it for all before it. Ends where nobody
// knows, as nobody will of the others, and at the deadline: kRemovalControlRequests beside what is removed once more.
// The error says of each that is left how to remove it by hand, and of how many more nobody knows; it is NotFound where
// none is known to be there.
[[nodiscard]] Result<void> confirmAllGone(std::span<CanaryRemoval> removals, Deadline deadline);

} // namespace cockpit
