// Whether a list was shown as a whole: only of such a list it may be said that what it does not show is not there.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

// A list that may go on elsewhere: a page that no program reads, a link to a next page (RFC 8288), a word beside the
// rows or in the headers that there is more ("next", "has_more", a total above the rows), so many rows that products
// turn a page there, or as many as its page has (listpage.h). Pure.
bool mayGoOn(const HttpResponse &list);

} // namespace cockpit
