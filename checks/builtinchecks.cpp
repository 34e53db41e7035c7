#include "checks/builtinchecks.h"

#include "checks/abuse/family.h"
#include "checks/access/family.h"
#include "checks/ai/family.h"
#include "checks/deploy/family.h"
#include "checks/dns/family.h"
#include "checks/edge/family.h"
#include "checks/exposure/family.h"
#include "checks/http/family.h"
#include "checks/mail/family.h"
#include "checks/monitor/family.h"
#include "checks/secrets/family.h"
#include "checks/tls/family.h"

namespace cockpit {

CheckRegistry builtInChecks()
{
    CheckRegistry registry;
    registry.add(dnsChecks());
    registry.add(mailChecks());
    registry.add(tlsChecks());
    registry.add(httpChecks());
    registry.add(edgeChecks());
    registry.add(exposureChecks());
    registry.add(accessChecks());
    registry.add(abuseChecks());
    registry.add(secretsChecks());
    registry.add(deployChecks());
    registry.add(monitorChecks());
    registry.add(aiChecks());
    return registry;
}

} // namespace cockpit
