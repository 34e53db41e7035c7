#include "checks/access/family.h"

#include "checks/access/unauthenticated.h"

namespace cockpit {

std::vector<Check> accessChecks()
{
    return {unauthenticatedCheck()};
}

} // namespace cockpit
