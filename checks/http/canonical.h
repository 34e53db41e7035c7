// http.canonical: all forms of your address end at one chosen form, and a deep link keeps its path and query.
// observed: url, status, headers, chain (of the typed address), "entries": [{"from","to","status","hops","path_kept",
// "error"|null}] for http and https, apex and www, front page and deep link.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

// One way to reach the product.
struct Entry
{
    QUrl from;
    Result<RedirectChain> walk;
};

// What a visitor's deep link looks like; nothing needs to be there.
inline const QString kDeepLink = QStringLiteral("/pricing?lc=1");

Check canonicalCheck();
// entries: not empty; the first is the typed address.
Judged judgeCanonical(const std::vector<Entry> &entries);

} // namespace cockpit
