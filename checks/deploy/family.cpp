#include "checks/deploy/family.h"

#include "checks/deploy/baseurls.h"

namespace cockpit {

std::vector<Check> deployChecks()
{
    return {
        baseUrlsCheck(),
    };
}

} // namespace cockpit
