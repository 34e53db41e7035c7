// The table of who runs and who owns each system: what people wrote, and rows for systems nobody has written about yet.
// One table for the window, the pack and its deliverables.
#pragma once

#include "models/projectstate.h"

namespace cockpit {

// Rows of the project first and unchanged, except that an empty provider is filled with the one that was detected; then
// the systems that every product has.
std::vector<Ownership> ownershipRows(const ProjectState &project);

// Who owns monitoring, and so an incident until it is handed on; empty when nobody is named.
QString monitoringOwner(const ProjectState &project);

// Without rows that say nothing but the system's name.
std::vector<Ownership> writtenRows(std::vector<Ownership> rows);

} // namespace cockpit
