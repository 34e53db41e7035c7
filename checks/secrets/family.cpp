#include "checks/secrets/family.h"

#include "checks/secrets/envseparation.h"

namespace cockpit {

std::vector<Check> secretsChecks()
{
    return {
        envSeparationCheck(),
    };
}

} // namespace cockpit
