#include "checks/abuse/family.h"

#include "checks/abuse/burst.h"
#include "checks/abuse/callback.h"
#include "checks/abuse/errorleak.h"
#include "checks/abuse/lockout.h"
#include "checks/abuse/ratelimit.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/timeouts.h"
#include "checks/abuse/upload.h"
#include "checks/abuse/webhook.h"
#include "checks/actors/products.h"

namespace cockpit {

std::vector<Check> abuseChecks()
{
    // Error leaks are looked for at all products in another order, by the check itself.
    return perProduct(
        {
            abuseSchemaCheck(),
            burstCheck(),
            callbackUrlCheck(),
            errorLeakCheck(),
            lockoutCheck(),
            rateLimitCheck(),
            timeoutsCheck(),
            uploadCheck(),
            webhookSignatureCheck(),
        },
        {errorLeakCheck().id});
}

} // namespace cockpit
