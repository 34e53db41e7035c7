#include "checks/tls/family.h"

#include "checks/tls/chain.h"
#include "checks/tls/expiry.h"
#include "checks/tls/hostname.h"
#include "checks/tls/protocols.h"
#include "checks/tls/reachable.h"

namespace cockpit {

std::vector<Check> tlsChecks()
{
    return {tlsReachable(), tlsChain(), tlsHostname(), tlsExpiry(), tlsProtocols()};
}

} // namespace cockpit
