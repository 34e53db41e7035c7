// Ids of real records for the routes that take one: as each account was given them in its own lists.
#pragma once

#include "checks/access/rolecells.h"
#include "checks/actors/idharvest.h"

#include <map>
#include <vector>

namespace cockpit {

// Rests on the answers to the lists, which are all in when it is made.
class RoleIds
{
public:
    explicit RoleIds(const std::vector<RoleRow> &rows);

    // One that the account, or another one of its tenant, was given, and that no other tenant was. Empty: none is
    // known.
    QString idFor(const Route &route, const TestActor &actor) const;

private:
    // What each of a tenant's accounts was given and no other tenant's. An account without a tenant is one of its own.
    std::map<QString, std::vector<std::vector<FoundId>>> m_own;
};

} // namespace cockpit
