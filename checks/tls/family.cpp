#include "checks/tls/family.h"

#include "checks/tls/chain.h"
#include "checks/tls/ciphers.h"
#include "checks/tls/expiry.h"
#include "checks/tls/hostname.h"
#include "checks/tls/key.h"
#include "checks/tls/protocols.h"
#include "checks/tls/reachable.h"
#include "checks/tls/renewal.h"
#include "checks/tls/revocation.h"
#include "checks/tls/transparency.h"

namespace cockpit {

std::vector<Check> tlsChecks()
{
    return {tlsReachable(), tlsChain(),   tlsHostname(), tlsExpiry(),     tlsRenewal(),
            tlsProtocols(), tlsCiphers(), tlsKey(),      tlsRevocation(), tlsTransparency()};
}

} // namespace cockpit
