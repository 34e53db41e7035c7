// access.admin-separation: what is for administrators refuses everybody else. Asked for are the routes of the list that
// are for administrators, and, where an administrator finds something there, the addresses at which products usually
// keep them. observed: as access.roles (roles.h), "usual_paths": how many of those addresses were tried,
// "usual_not_there": at how many of them the product said that nothing is there.
#pragma once

#include "checks/access/roles.h"

namespace cockpit {

Check adminSeparationCheck();

// At the addresses at which products usually keep what is for administrators, by one of them.
struct AdminSearch
{
    int usual = 0;
    int notThere = 0; // soundly: no answer is no "not found"
    // The project has routes, and none of them is for administrators.
    bool isListed = false;

    bool hasFoundNone() const { return isListed && notThere == usual; }
};
// Where no row could be asked and the search found none, there is nothing to try.
Judged judgeAdminSeparation(const RoleLook &look, const AdminSearch &search);

} // namespace cockpit
