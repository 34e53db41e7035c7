// http.cache-private: login pages and private answers carry headers that forbid keeping a copy.
// observed: url, status, headers{cache-control, age, vary}, chain, "pages": [{"url","status","cache_control",
// "shared_cache","login","sets_session","for_members"}].
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

Check cachePrivateCheck();
// What an anonymous visitor gets: the front page, login pages and answers of private routes.
struct VisitedPage
{
    HttpResponse answer;
    bool asksForPassword = false;
    bool isForMembers = false; // a route of the project that is not for everybody
    bool isGuessed = false;    // so it seems from its address
};
// Private routes and login pages that were not seen.
struct PrivateGaps
{
    QStringList unanswered = {}; // paths
    QStringList leftOut = {};    // paths, beyond the most that are asked
};
Judged judgeCachePrivate(const std::vector<VisitedPage> &visited, const RedirectChain &chain,
                         const PrivateGaps &gaps = {});

} // namespace cockpit
