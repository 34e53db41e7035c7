// Which of a session's cookies browsers send along when a page of another site opens a connection (SameSite: RFC
// 6265bis sections 4.1.2.7 and 5.2). The opening of a WebSocket is no navigation: Lax keeps a cookie from it as Strict
// does.
#pragma once

#include "checks/actors/cookiejar.h"

#include <functional>
#include <optional>

namespace cockpit {

// How far the session itself gets on its own cookies from a page of another site.
enum class CrossSiteReach {
    Everywhere,   // SameSite=None: in every browser that does not keep the cookies of third parties back altogether
    SomeBrowsers, // no SameSite: Chrome and Edge read that as Lax, others send it
    Kept,         // Lax or Strict
    Unknown,      // pasted, or the product did not answer
};
QString toWord(CrossSiteReach value);

// Whether the product still takes the session with these cookies alone; empty: it did not answer.
using OpensWith = std::function<std::optional<bool>(const std::vector<StoredCookie> &cookies)>;
// The most often that it asks: only where the cookies are not all of one kind.
constexpr int kMostCookieTries = 2;

// sent: all that go to that address, with which the product takes the session (CookieJar::sentTo()).
CrossSiteReach crossSiteReach(const std::vector<StoredCookie> &sent, const OpensWith &opens);

} // namespace cockpit
