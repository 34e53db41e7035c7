// http.csp: a policy limits which scripts and parts a page may load.
// observed: url, status, headers{content-security-policy, content-security-policy-report-only}, chain, "policies"
// (enforced ones, the page's meta policies included), "injection": [what lets injected scripts run], "weak": [..],
// "unlimited": [of base-uri, form-action and frame-ancestors those that no policy names],
// "duplicates": [directives that stand twice], "ignored_in_meta": [..], "inline_scripts", "inline_handlers",
// "mdn": {"label","algorithm","score","grade","knows_preloaded_names": false,"tests": {test: {"outcome","modifier"}}} |
// null. Only whole top-level domains are known to be preloaded: for a name that is so by itself, the tests of HSTS,
// redirection and cookies may come out better at the Observatory.
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
