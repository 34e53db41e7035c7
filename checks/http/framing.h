// http.framing: other sites cannot place your pages inside a frame.
// observed: url, status, headers{x-frame-options, content-security-policy}, chain, "allowed": "nobody"|"same_site"|
// "listed"|"anyone".
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

Check framingCheck();
Judged judgeFraming(const RedirectChain &chain, HostRole role);

} // namespace cockpit
