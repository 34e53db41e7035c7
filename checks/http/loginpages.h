// The login pages of a host: where sessions begin, so cookies and caching are judged there too.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "checks/web/htmlpage.h"

#include <vector>

namespace cockpit {

// Addresses on this host that a front page links to, or that the project's routes name, as places to sign in; without
// any, the usual ones. At most kMostLoginPages.
constexpr size_t kMostLoginPages = 3;
std::vector<QUrl> loginAddresses(const HtmlPage &frontPage, const Host &host, const std::vector<Route> &routes);

// Those of them that answered (redirects are not followed: they are answers too).
std::vector<HttpResponse> loginAnswers(const Look &look, const HttpResponse &frontPage);

} // namespace cockpit
