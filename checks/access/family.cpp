#include "checks/access/family.h"

#include "checks/access/enumeration.h"
#include "checks/access/invite.h"
#include "checks/access/resetlink.h"
#include "checks/access/tenantisolation.h"
#include "checks/access/tokenstorage.h"
#include "checks/access/unauthenticated.h"

namespace cockpit {

std::vector<Check> accessChecks()
{
    return {
        enumerationCheck(),     inviteCheck(),       resetLinkCheck(),
        tenantIsolationCheck(), tokenStorageCheck(), unauthenticatedCheck(),
    };
}

} // namespace cockpit
