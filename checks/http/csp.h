// http.csp: a policy limits which scripts and parts a page may load.
// observed: url, status, headers{content-security-policy, content-security-policy-report-only}, chain, "policies"
// (enforced ones, the page's meta policies included), "injection": [what lets injected scripts run], "weak": [..].
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "checks/web/htmlpage.h"

namespace cockpit {

Check cspCheck();
Judged judgeCsp(const RedirectChain &chain, HostRole role);

// A policy to start with, from what the page really loads: to be sent as report-only first.
QString starterPolicy(const HtmlPage &page, const QUrl &url);

} // namespace cockpit
