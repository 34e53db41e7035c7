// The sieges of the project's logins, for the checks that rest on them: asked once a run, whoever asks first.
#pragma once

#include "checks/abuse/loginsiege.h"
#include "checks/abuse/seriesplan.h"
#include "checks/engine/check.h"

namespace cockpit {

// NotFound without an account that signs in with a password, and where its door tells nothing.
[[nodiscard]] Result<SiegeReport> siegeFor(const Look &look, const BlockPatience &patience);

// Of the doors beside that one.
struct OtherSieges
{
    std::vector<SiegeReport> reports = {};
    std::vector<UntriedDoor> notTried = {}; // the run has no requests left for them
    QStringList untold = {};                // routes of doors that tell nothing; why stands in `sentences`
    QStringList sentences = {};
};
// As many as fit into the need of the check that asks (siegesWithin). Where two checks of a run ask, the first one
// settles it for both: abuse.rate-limit looks first, and keeps what its other doors want.
OtherSieges otherSiegesFor(const Look &look, const RequestNeed &need, const BlockPatience &patience);

} // namespace cockpit
