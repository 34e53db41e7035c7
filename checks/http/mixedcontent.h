// http.mixed-content: secure pages load no insecure parts.
// observed: url, status, headers{content-security-policy}, chain, "active", "passive", "forms", "calls": [urls],
// "upgraded": true when upgrade-insecure-requests hides them.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "checks/web/bundle.h"

namespace cockpit {

Check mixedContentCheck();
// What the page links to on its own site.
struct LinkedFiles
{
    std::vector<QByteArray> styles;
    std::vector<BundleFile> scripts;
};
Judged judgeMixedContent(const RedirectChain &chain, const LinkedFiles &linked = {});

} // namespace cockpit
