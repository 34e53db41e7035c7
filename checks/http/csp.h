// http.csp: a policy limits which scripts and parts a page may load.
// observed: url, status, headers{content-security-policy, content-security-policy-report-only}, chain, "policies"
// (enforced ones, the page's meta policies included), "injection": [what lets injected scripts run], "weak": [..],
// "duplicates": [directives that stand twice], "ignored_in_meta": [..], "inline_scripts", "inline_handlers",
// "mdn": {"label","algorithm","score","grade","tests": {test: {"outcome","modifier"}}} | null.
#pragma once

#include "checks/engine/check.h"
#include "checks/http/cspbypass.h"
#include "checks/http/mdnlook.h"
#include "checks/net/httpclient.h"
#include "checks/web/htmlpage.h"

namespace cockpit {

struct CspSeen
{
    RedirectChain chain;
    HtmlPage html; // of the page at its end
    HostRole role = HostRole::Site;
    CspBypassHosts known = {};         // hosts whose scripts anybody may choose
    QString starter = {};              // a policy for what the pages really load
    std::optional<MdnResult> mdn = {}; // the MDN-compatible score, of which this header is the largest part
};

Check cspCheck();
Judged judgeCsp(const CspSeen &seen);

} // namespace cockpit
