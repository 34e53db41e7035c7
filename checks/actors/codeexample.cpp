#include "checks/actors/codeexample.h"

#include "checks/actors/routeaddress.h"
#include "models/routes/pathtemplate.h"

namespace cockpit {

using namespace Qt::StringLiterals;

std::optional<CodeExample> codeExampleOf(const Route &route, const Target &target, const ProjectFacts &facts)
{
    const auto address = addressOf(target, route);
    const RouteSample *sample = sampleFor(route.method, route.path, route.host, facts.samples);
    if (route.method != "POST"_L1 || !address || !sample || hasHoles(route.path))
        return std::nullopt;
    auto code = codeBodyOf(*sample);
    return code ? std::optional(CodeExample{*address, sample, std::move(*code)}) : std::nullopt;
}

} // namespace cockpit
