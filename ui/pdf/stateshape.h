// A state is a shape and a word, never a colour alone.
#pragma once

#include "models/handoverdocument.h"
#include "models/itemstate.h"

#include <QColor>
#include <QPainter>

namespace cockpit::print {

enum class Shape { Circle, Triangle, Octagon, DashedCircle };

Shape shapeOf(ItemState state);
QColor colorOf(ItemState state);
QColor colorOf(Severity severity);
QColor colorOf(VerdictDecision decision);

void drawShape(QPainter &painter, Shape shape, const QColor &color, const QRectF &box);
Shape shapeOf(VerdictDecision decision);
Shape shapeOf(Severity severity);

} // namespace cockpit::print
