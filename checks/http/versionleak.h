// http.version-leak: headers and pages do not give away software versions.
// observed: url, status, headers{server, x-powered-by, …}, chain, "versions": [{"where","value"}].
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

Check versionLeakCheck();
// generator: what the page says it was made with.
Judged judgeVersionLeak(const RedirectChain &chain, const QString &generator = {});

} // namespace cockpit
