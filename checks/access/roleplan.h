// Which cells of the table are asked first, and which are left when a run may not send enough for all.
#pragma once

#include "checks/access/rolecells.h"

#include <vector>

namespace cockpit {

// Asked for with GET, HEAD, and no name that says that it does something.
bool isAskableRead(const Route &route);

// How many requests the reads of this table need at most: as each account, and once as a visitor without one. What
// other checks have asked as that visitor is in memory, and costs nothing then.
int roleReadsCeiling(const std::vector<Route> &routes, int actors);

// Reading cells that `requests` are not enough for are marked with CellGap::Budget. Kept first: what is for
// administrators, then records by their id and the lists that hand out these ids, then what else takes a session, then
// what is public; of each first a visitor and one account of each role (of records: of each tenant), then one of each
// role in each tenant, then the others.
void chooseCells(std::vector<RoleRow> &rows, int requests);

} // namespace cockpit
