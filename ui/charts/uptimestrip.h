// Paints the uptime strip: one bar a cell. Down is a full bar with a gap through it, not observed a low outline, so
// that the three can be told apart without colour.
#pragma once

#include "ui/charts/uptimecells.h"

#include <QRectF>

class QPainter;

namespace cockpit {

struct Tokens;

void paintUptimeStrip(QPainter &painter, const QRectF &rect, const std::vector<UptimeCell> &cells, const Tokens &tokens,
                      Qt::LayoutDirection direction);

} // namespace cockpit
