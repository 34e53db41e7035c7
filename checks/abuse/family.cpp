#include "checks/abuse/family.h"

#include "checks/abuse/callback.h"
#include "checks/abuse/errorleak.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/upload.h"
#include "checks/abuse/webhook.h"

namespace cockpit {

std::vector<Check> abuseChecks()
{
    return {
        abuseSchemaCheck(), errorLeakCheck(), callbackUrlCheck(), uploadCheck(), webhookSignatureCheck(),
    };
}

} // namespace cockpit
