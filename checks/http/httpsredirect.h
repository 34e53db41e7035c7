// http.https-redirect: plain HTTP always moves the visitor to HTTPS.
// observed: url, status, headers{location}, chain, "end": "https"|"http"|"loop"|"too_many_hops"|"closed".
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

Check httpsRedirectCheck();
// chain: the walk from the host's plain HTTP address.
Judged judgeHttpsRedirect(const RedirectChain &chain, const Host &host);

} // namespace cockpit
