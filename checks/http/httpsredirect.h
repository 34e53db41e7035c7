// http.https-redirect: plain HTTP always moves the visitor to HTTPS.
// observed: url, status, headers{location}, chain, "end":
// "https"|"http"|"loop"|"too_many_hops"|"bad_location"|"closed", and in a loop "loop_cause", a word of LoopCause.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

Check httpsRedirectCheck();
// chain: the walk from the host's plain HTTP address. deep: the same from a deep link with a query (kDeepLink); empty
// where nobody looked.
Judged judgeHttpsRedirect(const RedirectChain &chain, const Host &host, const std::optional<RedirectChain> &deep = {});

} // namespace cockpit
