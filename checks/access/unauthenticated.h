// access.unauthenticated: private routes refuse a caller who has not signed in.
// observed: "asked": [{"method","path","host","url"?,"access","guessed","status"?,
// "verdict": denied|allowed|empty|shell|unclear|no_answer,"found": true? (rememberedroutes.h)}], "not_tested": [routes
// that were not asked for], "not_tried": [the same as {"method","path","host","guessed",
// "why": writes|no_seen_id|other_host|too_many,"found"?}], not_seen (models/unseen.h), "source": "routes"|"well_known"
// (common private addresses), "mined": how many were found by looking at the product, beside those, "remembered": how
// many an earlier look had found open, and nobody names any more; "backends" and "backends_not_asked" (backendreads.h),
// "backend_writes" (backendwrites.h).
#pragma once

#include "checks/actors/routeaddress.h"
#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "checks/web/denial.h"

#include <functional>

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
    std::vector<UntriedRoute> notTried;
    bool fromProject = true; // false: common private paths were tried, as nobody named routes
    bool hasRoutes = false;  // the project has a list, whether or not anything on it is private
    int mined = 0;           // of those asked: found by looking at the product. Who may call them is a guess
    // Asked before each answer is read, which may be long. What was not read does not tell.
    std::function<bool()> isOver = [] { return false; };
    std::vector<Route> silent = {};      // asked for, and no answer came
    int remembered = 0;                  // of those asked: open before, and named by nobody any more
    std::vector<Route> foundBefore = {}; // each with its host
    QStringList open = {};               // hosts that show us their first page, or send us on from it
};

Check unauthenticatedCheck();
Judged judgeUnauthenticated(const RouteLook &look);

} // namespace cockpit
