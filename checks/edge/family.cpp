#include "checks/edge/family.h"

#include "checks/actors/products.h"
#include "checks/edge/botanddos.h"
#include "checks/edge/cacheleak.h"
#include "checks/edge/cacherules.h"
#include "checks/edge/cloudflareconfig.h"
#include "checks/edge/configexport.h"
#include "checks/edge/detect.h"
#include "checks/edge/originexposed.h"
#include "checks/edge/wafrules.h"

namespace cockpit {

std::vector<Check> edgeChecks()
{
    return {edgeDetectCheck(), originExposedCheck(),         cloudflareConfigCheck(),
            cacheRulesCheck(), perProduct(cacheLeakCheck()), botAndDdosCheck(),
            wafRulesCheck(),   configExportCheck()};
}

} // namespace cockpit
