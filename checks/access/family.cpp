#include "checks/access/family.h"

#include "checks/access/filelinks.h"
#include "checks/access/tenantisolation.h"
#include "checks/access/tokenstorage.h"
#include "checks/access/unauthenticated.h"

namespace cockpit {

std::vector<Check> accessChecks()
{
    return {
        fileLinksCheck(),
        tenantIsolationCheck(),
        tokenStorageCheck(),
        unauthenticatedCheck(),
    };
}

} // namespace cockpit
