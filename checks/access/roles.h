// access.roles: the table of who may do what, asked cell by cell: each route as each test account and signed out.
// A finding's subject is the route, "GET /invoices/{id}".
// observed: "matrix": [{"method","path","host","cells":[{"actor" (its name; "" signed out),"actor_id","role",
// "wanted": allowed|own_only|denied,"guessed","seen": allowed|own_only|denied, or "" where it could not be told,
// "reads_others" (another tenant's records came, or were changed),"status" (0: no answer),"told_by" (a stable word, as
// in RoleVerdict::why),"why" (the same as a sentence)}]}], "cells" (models/testcells.h), "left_out"?: routes that the
// table has no place for, not_seen (models/unseen.h), "sent": requests of this check.
#pragma once

#include "checks/access/rolefindings.h"
#include "checks/engine/check.h"

namespace cockpit {

Check rolesCheck();
Judged judgeRoles(const RoleLook &look, const RoleNames &names = {});

} // namespace cockpit
