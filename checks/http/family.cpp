#include "checks/http/family.h"

#include "checks/http/cacheprivate.h"
#include "checks/http/cachestatic.h"
#include "checks/http/canonical.h"
#include "checks/http/cookies.h"
#include "checks/http/cors.h"
#include "checks/http/csp.h"
#include "checks/http/errorpages.h"
#include "checks/http/framing.h"
#include "checks/http/hsts.h"
#include "checks/http/httpsredirect.h"
#include "checks/http/latency.h"
#include "checks/http/mixedcontent.h"
#include "checks/http/nosniff.h"
#include "checks/http/permissionspolicy.h"
#include "checks/http/redirectmap.h"
#include "checks/http/referrerpolicy.h"
#include "checks/http/securitytxt.h"
#include "checks/http/versionleak.h"

namespace cockpit {

std::vector<Check> httpChecks()
{
    return {
        httpsRedirectCheck(),  canonicalCheck(),    mixedContentCheck(),      hstsCheck(),
        redirectMapCheck(),    cspCheck(),          framingCheck(),           nosniffCheck(),
        referrerPolicyCheck(), cookiesCheck(),      permissionsPolicyCheck(), corsCheck(),
        cacheStaticCheck(),    cachePrivateCheck(), errorPagesCheck(),        versionLeakCheck(),
        securityTxtCheck(),    latencyCheck(),
    };
}

} // namespace cockpit
