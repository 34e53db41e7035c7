#include "checks/ai/family.h"

#include "checks/ai/promptcontent.h"

namespace cockpit {

std::vector<Check> aiChecks()
{
    return {
        promptContentCheck(),
    };
}

} // namespace cockpit
