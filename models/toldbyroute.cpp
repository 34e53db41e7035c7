#include "models/toldbyroute.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// What was left in the product is not about a route.
bool isToldByRoute(const Finding &finding)
{
    return finding.checkId == "abuse.schema"_L1 && finding.code != "test_record_left"_L1;
}

} // namespace

bool isOfAllRoutes(const Finding &finding)
{
    return isToldByRoute(finding) && finding.subject.isEmpty();
}

QString idOfAllRoutes(const Finding &finding)
{
    if (!isToldByRoute(finding) || finding.subject.isEmpty())
        return {};
    Finding old = finding;
    old.subject.clear();
    return old.id();
}

} // namespace cockpit
