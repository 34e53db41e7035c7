// Where a visitor of a host arrives. Most web checks judge that page; what keeps them from it is decided here, once.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

#include <functional>
#include <optional>

namespace cockpit {

// Who looks at the page that a host leads to.
enum class LandingOwner {
    ThisHost,    // it arrived here, or at a host of the same domain that no other check looks at
    ListedHost,  // another host of the project: it is judged there
    EarlierHost, // an unlisted host where an earlier host of the list also ends: it is judged there
    Stranger,    // another company's page (a login provider)
};
LandingOwner landingOwner(const Look &look, const QString &finalHost);

// Walks from the host's HTTPS address and hands the walk to the judge. Without a page to judge (no answer, a loop, a
// challenge, a page that belongs to another host) it says so itself. Needs look.host.
Judged onLanding(const Look &look, const std::function<Judged(const RedirectChain &)> &judge);

// Same, for headers that each host must send itself: a walk that ends at a stranger is judged by the first answer.
Judged onOwnAnswer(const Look &look, const std::function<Judged(const HttpResponse &)> &judge);

} // namespace cockpit
