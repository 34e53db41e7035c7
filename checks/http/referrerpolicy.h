// http.referrer-policy: private addresses are not passed to other sites.
// observed: url, status, headers{referrer-policy}, chain, "policy": the word that browsers go by, "from":
// "header"|"meta"|"browser".
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "checks/web/htmlpage.h"

namespace cockpit {

// The word that browsers go by: the last one of the list that they know (Referrer Policy section 8.1), empty without
// one.
QByteArray referrerPolicyIn(const QByteArrayList &lines);

Check referrerPolicyCheck();
// html: the page at the end of the walk; its meta tag comes after the header.
Judged judgeReferrerPolicy(const RedirectChain &chain, const HtmlPage &html, HostRole role);

} // namespace cockpit
