#include "checks/secrets/tree.h"

#include "checks/secrets/leakjudge.h"
#include "checks/secrets/leaklook.h"

namespace cockpit {

using namespace Qt::StringLiterals;

Check secretsTreeCheck()
{
    return {.id = u"secrets.tree"_s,
            .impacts = leakImpacts(),
            .needs = {Need::Folder},
            .sources = {SourceKind::Code},
            .look = [](const Look &look) {
                const auto report = leaksInSources(look, SourceKind::Code);
                return report ? judgeLeaks(*report, LeakGround::Tree, look.facts.codeAudience)
                              : couldNotLook(report.error());
            }};
}

} // namespace cockpit
