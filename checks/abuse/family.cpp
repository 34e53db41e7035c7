#include "checks/abuse/family.h"

#include "checks/abuse/errorleak.h"
#include "checks/abuse/schema.h"

namespace cockpit {

std::vector<Check> abuseChecks()
{
    return {
        abuseSchemaCheck(),
        errorLeakCheck(),
    };
}

} // namespace cockpit
