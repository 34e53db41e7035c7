// What can be wrong with the way from plain HTTP to HTTPS.
#pragma once

#include "checks/http/httpsredirect.h"

namespace cockpit {

bool isHttps(const QUrl &url);

// The walk never arrives.
Finding httpsLoop(const RedirectChain &chain, const Host &host);
// It leads to an address that gives no answer.
Finding deadEnd(const QUrl &dead, const Error &why, const Host &host);
// It ended on plain HTTP.
std::vector<Finding> endedInsecurely(const RedirectChain &chain, const Host &host);
// It arrived at HTTPS, but the way there has a gap.
std::vector<Finding> endedSecurely(const HttpsWay &way, const Host &host);
// Programs that follow lose the body of a POST, webhooks do not follow, and the key was sent in clear by then.
std::vector<Finding> movedCallers(const RedirectChain &chain, const Host &host);
std::vector<Finding> droppedLinks(const std::optional<RedirectChain> &deep, const Host &host);

} // namespace cockpit
