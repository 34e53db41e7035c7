#include "checks/abuse/family.h"

#include "checks/abuse/callback.h"
#include "checks/abuse/errorleak.h"
#include "checks/abuse/lockout.h"
#include "checks/abuse/ratelimit.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/upload.h"
#include "checks/abuse/webhook.h"
#include "checks/abuse/burst.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/timeouts.h"

namespace cockpit {

std::vector<Check> abuseChecks()
{
    return {
        abuseSchemaCheck(),
        errorLeakCheck(),
        lockoutCheck(),
        rateLimitCheck(),
        callbackUrlCheck(),
        uploadCheck(),
        webhookSignatureCheck(),
        burstCheck(),
        timeoutsCheck(),
    };
}

} // namespace cockpit
