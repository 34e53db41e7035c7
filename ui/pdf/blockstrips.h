// Blocks of the handover document as strips of a given width.
#pragma once

#include "models/handoverdocument.h"
#include "ui/pdf/strip.h"

namespace cockpit::print {

Strips stripsOf(const Block &block, qreal width);

// One function per kind of block; the first three live in textstrips.cpp.
Strips stripsOf(const Paragraph &block, qreal width);
Strips stripsOf(const Heading &block, qreal width);
Strips stripsOf(const StatusLine &block, qreal width);
Strips stripsOf(const CodeBlock &block, qreal width);
Strips stripsOf(const Table &block, qreal width);
Strips stripsOf(const ImpactBars &block, qreal width);
Strips stripsOf(const LatencyChart &block, qreal width);
Strips stripsOf(const UptimeStrip &block, qreal width);

// The title at the top of a section's first page.
Strips sectionTitle(const QString &title, qreal width);

} // namespace cockpit::print
