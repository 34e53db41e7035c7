#include "checks/dns/family.h"

#include "checks/dns/authoritative.h"
#include "checks/dns/caa.h"
#include "checks/dns/dangling.h"
#include "checks/dns/dnssec.h"
#include "checks/dns/drift.h"
#include "checks/dns/inventory.h"
#include "checks/dns/propagation.h"
#include "checks/dns/providers.h"
#include "checks/dns/registration.h"
#include "checks/dns/resolution.h"

namespace cockpit {

std::vector<Check> dnsChecks()
{
    return {resolutionCheck(), authoritativeCheck(), caaCheck(),       dnssecCheck(),       danglingCheck(),
            inventoryCheck(),  propagationCheck(),   providersCheck(), registrationCheck(), driftCheck()};
}

} // namespace cockpit
