#include "checks/abuse/family.h"

#include "checks/abuse/lockout.h"
#include "checks/abuse/ratelimit.h"

namespace cockpit {

std::vector<Check> abuseChecks()
{
    return {
        lockoutCheck(),
        rateLimitCheck(),
    };
}

} // namespace cockpit
