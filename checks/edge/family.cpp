#include "checks/edge/family.h"

#include "checks/edge/cloudflareconfig.h"
#include "checks/edge/detect.h"
#include "checks/edge/originexposed.h"

namespace cockpit {

std::vector<Check> edgeChecks()
{
    return {edgeDetectCheck(), originExposedCheck(), cloudflareConfigCheck()};
}

} // namespace cockpit
