#include "checks/secrets/family.h"

#include "checks/secrets/dependencies.h"

namespace cockpit {

std::vector<Check> secretsChecks()
{
    return {
        dependenciesCheck(),
    };
}

} // namespace cockpit
