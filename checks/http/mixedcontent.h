// http.mixed-content: secure pages load no insecure parts.
// observed: url, status, headers{content-security-policy}, chain, "active", "passive", "forms", "calls": [urls],
// "upgraded": true when upgrade-insecure-requests hides them, "unread": how many files could not be read. Of each list
// only the first 200.
#pragma once

#include "checks/engine/check.h"
#include "checks/http/insecureparts.h"
#include "checks/net/httpclient.h"

namespace cockpit {

Check mixedContentCheck();
// html: the page at the end of the walk.
Judged judgeMixedContent(
    const RedirectChain &chain, const Result<HtmlPage> &html, const LinkedFiles &linked = {},
    const std::function<bool()> &isOver = [] { return false; });

} // namespace cockpit
