// How deep a document nests and what it takes to read, estimated in one pass before it is parsed: Gumbo frees its tree
// recursively and searches all open elements for each tag, so a hostile page of nothing but <b> would overflow the
// stack or run for hours.
#pragma once

#include <QByteArrayView>

namespace cockpit {

// Deeper than any page that a person wrote; browsers themselves stop at 512.
constexpr int kDeepestHtml = 2000;

// Looks at open elements. A second's worth of a parser's; a page of 100,000 tags that nests 40 deep takes a fifth of
// it.
constexpr qint64 kMostHtmlSteps = 20'000'000;

struct HtmlCost
{
    int depth = 0;    // never less than a third of what a parser would reach
    qint64 steps = 0; // a parser may look at each open element for each tag
    bool isTooMuch() const { return depth > kDeepestHtml || steps > kMostHtmlSteps; }
};
// The count ends where it is too much.
HtmlCost estimatedCost(QByteArrayView html);

} // namespace cockpit
