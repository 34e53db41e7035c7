#include "checks/edge/family.h"

#include "checks/edge/detect.h"

namespace cockpit {

std::vector<Check> edgeChecks()
{
    return {edgeDetectCheck()};
}

} // namespace cockpit
