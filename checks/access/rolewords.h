// The words of the table of roles: stable ones for programs, sentences for people.
#pragma once

#include "checks/access/rolecells.h"

namespace cockpit {

// Why a cell tells nothing, in one sentence; what was seen, where it tells.
QString reasonFor(const RoleVerdict &verdict);
// What a cell was told by, or why it could not be; empty where the status says it all.
QString whyFor(const RoleVerdict &verdict);
QString labelOf(CellSeen value); // "another customer's data"

} // namespace cockpit
