#include "checks/secrets/family.h"

#include "checks/secrets/logs.h"

namespace cockpit {

std::vector<Check> secretsChecks()
{
    return {
        logsCheck(),
    };
}

} // namespace cockpit
