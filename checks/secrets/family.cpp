#include "checks/secrets/family.h"

#include "checks/secrets/ciconfig.h"
#include "checks/secrets/logs.h"

namespace cockpit {

std::vector<Check> secretsChecks()
{
    return {
        ciConfigCheck(),
        logsCheck(),
    };
}

} // namespace cockpit
