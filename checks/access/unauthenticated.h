// access.unauthenticated: private routes refuse a caller who has not signed in.
// observed: "asked": [{"method","url","access","status","verdict": denied|allowed|empty|shell|unclear|no_answer}],
// "not_tested": [routes whose method would change something], "source": "routes"|"well_known" (common private
// addresses, and those that the code of the pages names), "mined": how many of the latter.
#pragma once

#include "checks/access/denial.h"
#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

struct AskedRoute
{
    Route route;
    HttpResponse answer;
};

struct RouteLook
{
    std::vector<AskedRoute> asked;
    std::vector<HttpResponse> baselines; // of invented addresses on the same hosts
    QStringList notTested;
    bool fromProject = true; // false: common private paths were tried, as nobody named routes
    int mined = 0;           // of these, named by the code that the pages send
};

Check unauthenticatedCheck();
Judged judgeUnauthenticated(const RouteLook &look);

} // namespace cockpit
