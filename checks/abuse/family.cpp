#include "checks/abuse/family.h"

#include "checks/abuse/errorleak.h"
#include "checks/abuse/lockout.h"
#include "checks/abuse/ratelimit.h"
#include "checks/abuse/schema.h"

namespace cockpit {

std::vector<Check> abuseChecks()
{
    return {
        abuseSchemaCheck(),
        errorLeakCheck(),
        lockoutCheck(),
        rateLimitCheck(),
    };
}

} // namespace cockpit
