// A page that several checks read is parsed once in a run: parsing two megabytes takes longer than fetching them.
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "checks/web/htmlpage.h"

namespace cockpit {

// The same bytes from the same address are the same page.
struct ParsedPage
{
    using Answer = HtmlPage;

    QByteArray html;
    QUrl url;

    QString key() const;
    int roundTrips() const { return 0; } // asks nobody
};
// Errors: TooLarge (see parseHtml).
[[nodiscard]] Result<HtmlPage> probe(const ParsedPage &question, ProbeContext &context);

// What the page of an answer holds. Never null.
Observations::Shared<HtmlPage> pageIn(const HttpResponse &answer, Observations &seen);
// The same, and an empty page where it cannot be read: for what a page may add to its headers.
HtmlPage pageOrNothing(const HttpResponse &answer, Observations &seen);

} // namespace cockpit
