// A list that is shown page by page, read to its end: only then may it be said that what none of its pages shows is not
// there, in whatever order it stands. Pure.
#pragma once

#include "checks/actors/listend.h"
#include "checks/net/httpclient.h"

#include <QByteArrayList>
#include <QUrl>

#include <optional>

namespace cockpit {

// Where the page after this one is, as the page itself says: a link (RFC 8288 section 3.3, or "next" beside the rows),
// a cursor or a token of a usual name, or the number of the next page. Nowhere but on the list's own path: what a page
// leads to is asked with somebody's session. Empty: it says nothing of that kind.
std::optional<QUrl> nextPageOf(const QUrl &asked, const HttpResponse &page);

class ListWalk
{
public:
    // The answer from that address; the first page first. Where to ask next; empty at the end, and where nothing leads
    // on or a page comes again.
    std::optional<QUrl> take(const QUrl &asked, const HttpResponse &page);
    // All pages were taken, each of them another one, and as many rows as the list says that it has.
    bool isWhole() const { return m_isWhole; }

private:
    QByteArrayList m_seen; // bodies, hashed
    double m_rows = 0;
    double m_total = -1, m_pages = -1; // as any page said
    bool m_isWhole = false;
};

} // namespace cockpit
