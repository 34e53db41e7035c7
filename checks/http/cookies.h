// http.cookies: session cookies are secure, hidden from scripts and limited to your site.
// observed: url, status, headers (never cookie values), chain, "cookies": [{"name","job","stack"|null,
// "secure","http_only","same_site","partitioned","domain","path"}].
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "checks/web/setcookie.h"

namespace cockpit {

Check cookiesCheck();
// answers: what the host said on the way to its front page and on its login pages.
Judged judgeCookies(const std::vector<HttpResponse> &answers, const RedirectChain &chain, const Host &host);

} // namespace cockpit
