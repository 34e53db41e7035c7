#include "checks/exposure/family.h"

#include "checks/exposure/adminpaths.h"
#include "checks/exposure/apidocs.h"
#include "checks/exposure/bundlesecrets.h"
#include "checks/exposure/debug.h"
#include "checks/exposure/files.h"
#include "checks/exposure/graphqlschema.h"
#include "checks/exposure/routes.h"
#include "checks/exposure/sourcemaps.h"

namespace cockpit {

std::vector<Check> exposureChecks()
{
    return {filesCheck(),   bundleSecretsCheck(), sourceMapsCheck(), adminPathsCheck(),
            apiDocsCheck(), debugCheck(),         graphQlCheck(),    routesCheck()};
}

} // namespace cockpit
