#include "checks/deploy/family.h"

#include "checks/actors/products.h"
#include "checks/deploy/baseurls.h"
#include "checks/deploy/gate.h"
#include "checks/deploy/regressionsuite.h"
#include "checks/deploy/smoke.h"

namespace cockpit {

std::vector<Check> deployChecks()
{
    return {
        baseUrlsCheck(),
        gateCheck(),
        regressionSuiteCheck(),
        perProduct(smokeCheck()),
    };
}

} // namespace cockpit
