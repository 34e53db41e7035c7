// http.canonical: all forms of your address end at one chosen form, and a deep link keeps its path and query. That also
// holds for the sign-in page: no link to it may end at a stranger's address (open_redirect), since what begins with
// your address is trusted to stay with you. observed: url, status, headers, chain (of the typed address), "entries":
// [{"from","to","status","hops","path_kept", "query_kept","end","loop_cause"?,"soft_redirect"?,"error"|null}] for http
// and https, apex and www, front page and deep link; "open_redirects": [{"host","accepts"}] where there are some.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/hostaddresses.h"
#include "checks/web/movement.h"

namespace cockpit {

// One way to reach the product.
struct Entry
{
    QUrl from;
    Result<RedirectChain> walk;
    std::optional<SoftRedirect> soft;    // of the page at its end
    NameLookup name = NameLookup::Known; // of the host in `from`
};
Entry entryOf(const QUrl &from, Result<RedirectChain> walk);

// What a visitor's deep link looks like; nothing needs to be there.
inline const QString kDeepLink = QStringLiteral("/pricing?lc=1");

Check canonicalCheck();
// entries: not empty; the first is the typed address.
Judged judgeCanonical(const std::vector<Entry> &entries);

} // namespace cockpit
