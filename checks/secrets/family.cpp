#include "checks/secrets/family.h"

#include "checks/secrets/ciscan.h"
#include "checks/secrets/dependencies.h"
#include "checks/secrets/precommit.h"

namespace cockpit {

std::vector<Check> secretsChecks()
{
    return {
        ciScanCheck(),
        dependenciesCheck(),
        preCommitCheck(),
    };
}

} // namespace cockpit
