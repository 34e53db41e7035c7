#include "checks/abuse/family.h"

namespace cockpit {

std::vector<Check> abuseChecks()
{
    return {
    };
}

} // namespace cockpit
