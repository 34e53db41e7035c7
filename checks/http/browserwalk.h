// A walk along redirects as a browser makes it: with the cookies that it is given on the way.
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"

namespace cockpit {

// Like FollowRedirects; when that goes in circles on one host that sets cookies, once more with them: what arrives
// there counts. Only cookies that a browser would keep and send there; none leaves the host that set it, nor travels by
// plain HTTP.
[[nodiscard]] Result<RedirectChain> walkLikeBrowser(Observations &seen, const QUrl &from);

} // namespace cockpit
