#include "checks/secrets/family.h"

#include "checks/secrets/inventory.h"
#include "checks/secrets/leastprivilege.h"
#include "checks/secrets/rotation.h"
#include "checks/secrets/sharing.h"

namespace cockpit {

std::vector<Check> secretsChecks()
{
    return {
        leastPrivilegeCheck(),
        secretsInventoryCheck(),
        secretsRotationCheck(),
        secretsSharingCheck(),
    };
}

} // namespace cockpit
