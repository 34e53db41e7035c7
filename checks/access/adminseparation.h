// access.admin-separation: what is for administrators refuses everybody else. Asked for are the routes of the list that
// are for administrators, and, where an administrator finds something there, the addresses at which products usually
// keep them. observed: as access.roles (roles.h), "usual_paths": how many of those addresses were tried.
#pragma once

#include "checks/access/roles.h"

namespace cockpit {

Check adminSeparationCheck();
Judged judgeAdminSeparation(const RoleLook &look, int usualPaths);

} // namespace cockpit
