// Whether a list is as long as the page that it was asked for: then another page may follow.
#pragma once

#include "checks/net/httpclient.h"

#include <QtGlobal>

namespace cockpit {

// rows: of the list in that answer, with one at least. True where the answer's own address, its headers or what stands
// beside its rows name a page size that is not above them ("per_page": 5, ?limit=5, X-Per-Page: 5), and none of them
// says how far the whole list goes: a total, a number of pages, a next page or that there is none (listend.h reads
// those). Pure.
bool fillsItsPage(const HttpResponse &list, qsizetype rows);

} // namespace cockpit
