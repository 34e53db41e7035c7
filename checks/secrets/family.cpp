#include "checks/secrets/family.h"

#include "checks/secrets/apppackage.h"
#include "checks/secrets/buildoutput.h"
#include "checks/secrets/ciconfig.h"
#include "checks/secrets/ciscan.h"
#include "checks/secrets/dependencies.h"
#include "checks/secrets/envcompleteness.h"
#include "checks/secrets/envexposure.h"
#include "checks/secrets/envseparation.h"
#include "checks/secrets/history.h"
#include "checks/secrets/inventory.h"
#include "checks/secrets/leastprivilege.h"
#include "checks/secrets/logs.h"
#include "checks/secrets/precommit.h"
#include "checks/secrets/rotation.h"
#include "checks/secrets/sharing.h"
#include "checks/secrets/tree.h"

namespace cockpit {

std::vector<Check> secretsChecks()
{
    return {
        ciConfigCheck(),           ciScanCheck(),
        dependenciesCheck(),       envCompletenessCheck(),
        envExposureCheck(),        envSeparationCheck(),
        leastPrivilegeCheck(),     logsCheck(),
        preCommitCheck(),          secretsAppPackageCheck(),
        secretsBuildOutputCheck(), secretsHistoryCheck(),
        secretsInventoryCheck(),   secretsRotationCheck(),
        secretsSharingCheck(),     secretsTreeCheck(),
    };
}

} // namespace cockpit
