// http.https-redirect: plain HTTP always moves the visitor to HTTPS.
// observed: url, status, headers{location}, chain, "end":
// "https"|"http"|"loop"|"too_many_hops"|"bad_location"|"closed"|"dead_end", and in a loop "loop_cause", a word of
// LoopCause.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

// What was seen on the way from the host's plain HTTP address.
struct HttpsWay
{
    RedirectChain chain;
    std::optional<RedirectChain> deep = {}; // the same from a deep link with a query (kDeepLink), where somebody looked
    std::vector<HttpResponse> answers = {}; // of the hops, as far as they matter: their policies teach browsers
};

Check httpsRedirectCheck();
Judged judgeHttpsRedirect(const HttpsWay &way, const Host &host);

} // namespace cockpit
