// How deep a document nests, estimated in one pass before it is parsed: Gumbo frees its tree recursively and searches
// all open elements for each tag, so a hostile page of nothing but <b> would overflow the stack or run for hours.
#pragma once

#include <QByteArrayView>

namespace cockpit {

// Deeper than any page that a person wrote; browsers themselves stop at 512.
constexpr int kDeepestHtml = 2000;

// Never less than a third of the depth that a parser would reach.
int estimatedDepth(QByteArrayView html);

} // namespace cockpit
