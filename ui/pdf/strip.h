// The unit of page breaking: a horizontal strip that is drawn whole on one page.
#pragma once

#include <QPainter>
#include <QPointF>

#include <functional>
#include <memory>
#include <vector>

namespace cockpit::print {

struct Strip
{
    qreal height = 0;
    qreal gapBefore = 0; // dropped at the top of a page
    bool keepWithNext = false;
    std::function<void(QPainter &, const QPointF &topLeft)> draw;
    // Drawn again when a page begins with this strip: a table's header.
    std::shared_ptr<const Strip> repeatedAbove;
};

using Strips = std::vector<Strip>;

inline void append(Strips &strips, Strips more)
{
    strips.insert(strips.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// The first and last two strips stay together, so that no line stands alone on a page; up to `together` all do.
inline void avoidLonelyLines(Strips &strips, std::size_t together = 3)
{
    for (std::size_t i = 0; i + 1 < strips.size(); ++i)
        strips[i].keepWithNext = strips.size() <= together || i == 0 || i + 2 == strips.size();
}

} // namespace cockpit::print
