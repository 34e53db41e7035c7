// A look that ended not_run as the project has nothing for it: no account of staging, no route that takes files,
// nobody's mailed link. Its needs were met, so that only the look itself could tell. For people it is not_run like any
// other: the product may well have it, and the reason says what to add. A release gate asks no more of a pattern of
// --only than the project has something for (app/cli/namedchecks.h); what broke, ran out or was kept from it is not of
// this kind.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

// reason: what to add to the project.
inline Judged nothingToTry(const QString &reason)
{
    Judged judged = notRun(reason);
    judged.hasNothingToTry = true;
    return judged;
}

// Of a Judged or a CheckResult.
template<typename Ended>
bool hadNothingToTry(const Ended &ended)
{
    return ended.outcome == Outcome::NotRun && ended.hasNothingToTry;
}

} // namespace cockpit
