#include "checks/exposure/family.h"

#include "checks/exposure/bundlesecrets.h"
#include "checks/exposure/files.h"

namespace cockpit {

std::vector<Check> exposureChecks()
{
    return {filesCheck(), bundleSecretsCheck()};
}

} // namespace cockpit
