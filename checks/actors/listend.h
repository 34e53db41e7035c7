// Whether a list was shown as a whole: only of such a list it may be said that what it does not show is not there.
#pragma once

#include "checks/net/httpclient.h"

#include <QString>

namespace cockpit {

// What one answer says of the list that it is of.
struct ListExtent
{
    qsizetype rows = -1;   // of the longest list in it; -1: none that a program reads
    bool isMarkup = false; // rows of a page, of which only some may be of the list (listmarkup.h)
    double total = -1;     // rows of the whole list; -1: not told
    double pages = -1;     // of the whole list; -1: not told
    bool leadsOn = false;  // it says that there is more, whatever is counted
    bool saysMore = false; // that, or more rows or pages in all than here
};
ListExtent extentOf(const HttpResponse &list);

// A list that may go on elsewhere: a page that no program reads, or whose rows were never seen to be those of the list
// (seenLonger), a link to a next page (RFC 8288), a word beside the
// rows or in the headers that there is more ("next", "has_more", a total above the rows), so many rows that products
// turn a page there, or as many as its page has (listpage.h). seenLonger: rows that the same list has shown at once
// before, with a record of ours in it, however it was sorted then; one that shows fewer now is not cut off at the end
// of a page. Pure.
bool mayGoOn(const HttpResponse &list, qsizetype seenLonger = 0);

// "next_page", "nextPage" and "@odata.nextLink" without what tells spellings apart.
QString plainListWord(const QString &name);

} // namespace cockpit
