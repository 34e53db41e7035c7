// Puts strips on pages.
#pragma once

#include "ui/pdf/strip.h"

#include <QRectF>

#include <span>

namespace cockpit::print {

struct Placed
{
    Strip strip;
    QPointF at;
};

using Page = std::vector<Placed>;

// Breaks where allowed: strips that belong together move to the next page together, a table's header is repeated, and
// a group that is taller than a page is broken anyway.
std::vector<Page> paginate(const Strips &strips, const QRectF &area);

} // namespace cockpit::print
