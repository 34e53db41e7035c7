#include "checks/secrets/buildoutput.h"

#include "checks/secrets/leakjudge.h"
#include "checks/secrets/leaklook.h"

namespace cockpit {

using namespace Qt::StringLiterals;

Check secretsBuildOutputCheck()
{
    return {.id = u"secrets.build-output"_s,
            .impacts = leakImpacts(),
            .needs = {Need::Folder},
            .sources = {SourceKind::Build},
            .look = [](const Look &look) {
                const auto report = leaksInSources(look, SourceKind::Build);
                return report ? judgeLeaks(*report, LeakGround::Build) : couldNotLook(report.error());
            }};
}

} // namespace cockpit
