#include "checks/exposure/files.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

Judged look(const Look &look)
{
    static const Result<std::vector<PathRule>> rules = loadPathRules();
    if (!rules)
        return couldNotLook(rules.error());
    const auto seen = lookAtPaths(look, *rules);
    return seen ? judgeFiles(seen->asked, seen->baselines) : seen.error();
}

} // namespace

Check filesCheck()
{
    return {.id = u"exposure.files"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::Maintainability},
            .needs = {},
            .look = look};
}

} // namespace cockpit
