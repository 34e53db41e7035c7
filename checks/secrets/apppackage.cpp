#include "checks/secrets/apppackage.h"

#include "checks/secrets/leakjudge.h"
#include "checks/secrets/leaklook.h"

namespace cockpit {

using namespace Qt::StringLiterals;

Check secretsAppPackageCheck()
{
    return {.id = u"secrets.app-package"_s,
            .impacts = leakImpacts(),
            .needs = {Need::Folder},
            .sources = {SourceKind::Package},
            .look = [](const Look &look) {
                const auto report = leaksInSources(look, SourceKind::Package);
                return report ? judgeLeaks(*report, LeakGround::Package) : couldNotLook(report.error());
            }};
}

} // namespace cockpit
