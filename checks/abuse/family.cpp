#include "checks/abuse/family.h"

#include "checks/abuse/burst.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/timeouts.h"

namespace cockpit {

std::vector<Check> abuseChecks()
{
    return {
        abuseSchemaCheck(),
        burstCheck(),
        timeoutsCheck(),
    };
}

} // namespace cockpit
