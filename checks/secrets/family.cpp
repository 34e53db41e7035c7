#include "checks/secrets/family.h"

#include "checks/secrets/envcompleteness.h"
#include "checks/secrets/envexposure.h"
#include "checks/secrets/envseparation.h"

namespace cockpit {

std::vector<Check> secretsChecks()
{
    return {
        envCompletenessCheck(),
        envExposureCheck(),
        envSeparationCheck(),
    };
}

} // namespace cockpit
