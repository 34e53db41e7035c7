// How the requests of abuse.rate-limit are shared out among sieges of logins, other doors, GraphQL and codes.
#pragma once

#include "checks/abuse/patience.h"
#include "checks/engine/check.h"

namespace cockpit {

// All doors at most; at least the first one of each kind. Nothing to send: most is 0. Each login and each race may wait
// for the end of a limit of its own.
RequestNeed limitNeedOf(const Outlook &outlook, const BlockPatience &patience = {});
// The part of abuse.lockout: the sieges alone.
RequestNeed siegeNeedOf(const Outlook &outlook, const BlockPatience &patience = {});

// What is kept for the first address of GraphQL and for the first route that takes codes, behind all others.
int keptForTheEnd(const Outlook &outlook);
// How many logins the run lets us besiege, of those that the project has; one at least, where it has one. need: one of
// the two above, that of the check which looks.
std::size_t siegesWithin(const Look &look, const RequestNeed &need);

} // namespace cockpit
