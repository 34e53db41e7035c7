#include "checks/access/family.h"

#include "checks/access/adminseparation.h"
#include "checks/access/crossenvironment.h"
#include "checks/access/enumeration.h"
#include "checks/access/filelinks.h"
#include "checks/access/forgedtoken.h"
#include "checks/access/invite.h"
#include "checks/access/loginflow.h"
#include "checks/access/logout.h"
#include "checks/access/massassignment.h"
#include "checks/access/methodtampering.h"
#include "checks/access/refreshtoken.h"
#include "checks/access/resetlink.h"
#include "checks/access/roles.h"
#include "checks/access/sessionexpiry.h"
#include "checks/access/subdomainbypass.h"
#include "checks/access/tenantisolation.h"
#include "checks/access/tokenstorage.h"
#include "checks/access/unauthenticated.h"
#include "checks/actors/products.h"

namespace cockpit {

std::vector<Check> accessChecks()
{
    // What production makes of staging's sessions is asked with the accounts of both.
    return perProduct(
        {
            adminSeparationCheck(),
            crossEnvironmentCheck(),
            enumerationCheck(),
            fileLinksCheck(),
            forgedTokenCheck(),
            inviteCheck(),
            loginFlowCheck(),
            logoutCheck(),
            massAssignmentCheck(),
            methodTamperingCheck(),
            refreshTokenCheck(),
            resetLinkCheck(),
            rolesCheck(),
            sessionExpiryCheck(),
            subdomainBypassCheck(),
            tenantIsolationCheck(),
            tokenStorageCheck(),
            unauthenticatedCheck(),
        },
        {QStringLiteral("access.cross-environment")});
}

} // namespace cockpit
