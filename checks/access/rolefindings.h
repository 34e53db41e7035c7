// What a row of the table gives to tell: one finding for each fault of a route, whoever of the accounts has it.
#pragma once

#include "checks/access/rolecells.h"
#include "models/finding.h"

#include <vector>

namespace cockpit {

// How a check that asks a part of the table calls what it finds.
struct RoleNames
{
    QString exceeds = {}; // codes; empty: those of access.roles
    QString open = {};
    QString exceedsTitle = {}; // empty: those of access.roles
    QString openTitle = {};
    bool tellsLacks = true; // a role that is refused what it may have is a finding
};

// "GET /invoices/{id}": the subject of the findings about the route.
QString subjectOf(const RoleRow &row);

// The code of the finding that speaks of the cell; empty: none does.
QString codeFor(const RoleCell &cell, const RoleVerdict &verdict, const RoleNames &names);

// verdicts: of the row's cells.
std::vector<Finding> findingsOf(const RoleLook &look, const RoleRow &row, const std::vector<RoleVerdict> &verdicts,
                                const RoleNames &names);

} // namespace cockpit
