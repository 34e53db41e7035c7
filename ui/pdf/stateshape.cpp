#include "ui/pdf/stateshape.h"

#include "ui/pdf/printpalette.h"
#include "ui/pdf/typography.h"

#include <cmath>
#include <numbers>

namespace cockpit::print {

namespace {

QPolygonF octagon(const QRectF &box)
{
    QPolygonF polygon;
    for (int corner = 0; corner < 8; ++corner) {
        const qreal angle = (corner + 0.5) * std::numbers::pi / 4;
        polygon << box.center() + QPointF(std::cos(angle), std::sin(angle)) * box.width() / 2 * 1.06;
    }
    return polygon;
}

QPolygonF triangle(const QRectF &box)
{
    return QPolygonF({QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()});
}

void drawTick(QPainter &painter, const QRectF &box)
{
    const auto at = [&](qreal x, qreal y) { return box.topLeft() + QPointF(box.width() * x, box.height() * y); };
    painter.drawPolyline(QPolygonF({at(0.29, 0.52), at(0.44, 0.67), at(0.71, 0.36)}));
}

void drawExclamation(QPainter &painter, const QRectF &box, qreal top, qreal bottom)
{
    const qreal x = box.center().x();
    const auto y = [&](qreal share) { return box.top() + box.height() * share; };
    painter.drawLine(QPointF(x, y(top)), QPointF(x, y(bottom - 0.16)));
    painter.drawLine(QPointF(x, y(bottom)), QPointF(x, y(bottom + 0.01)));
}

} // namespace

Shape shapeOf(ItemState state)
{
    switch (state) {
    case ItemState::Proven:
        return Shape::Circle;
    case ItemState::Problem:
        return Shape::Octagon;
    case ItemState::AnsweredByPerson:
        return Shape::Triangle;
    case ItemState::NotLookedAt:
    case ItemState::NotApplicable:
        return Shape::DashedCircle;
    }
    Q_UNREACHABLE();
}

QColor colorOf(ItemState state)
{
    switch (state) {
    case ItemState::Proven:
        return kPass;
    case ItemState::Problem:
        return kFail;
    case ItemState::AnsweredByPerson:
        return kWarn;
    case ItemState::NotLookedAt:
    case ItemState::NotApplicable:
        return kIdle;
    }
    Q_UNREACHABLE();
}

QColor colorOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return kFail;
    case Severity::High:
    case Severity::Medium:
        return kWarn;
    case Severity::Low:
        return kIdle;
    }
    Q_UNREACHABLE();
}

QColor colorOf(VerdictDecision decision)
{
    switch (decision) {
    case VerdictDecision::Go:
        return kPass;
    case VerdictDecision::GoWithConditions:
        return kWarn;
    case VerdictDecision::NoGo:
        return kFail;
    }
    Q_UNREACHABLE();
}

Shape shapeOf(VerdictDecision decision)
{
    switch (decision) {
    case VerdictDecision::Go:
        return Shape::Circle;
    case VerdictDecision::GoWithConditions:
        return Shape::Triangle;
    case VerdictDecision::NoGo:
        return Shape::Octagon;
    }
    Q_UNREACHABLE();
}

Shape shapeOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return Shape::Octagon;
    case Severity::High:
    case Severity::Medium:
    case Severity::Low:
        return Shape::Triangle;
    }
    Q_UNREACHABLE();
}

void drawShape(QPainter &painter, Shape shape, const QColor &color, const QRectF &box)
{
    QPen pen(color, box.width() * 0.09, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    switch (shape) {
    case Shape::Circle:
        painter.drawEllipse(box);
        drawTick(painter, box);
        return;
    case Shape::Triangle:
        painter.drawPolygon(triangle(box));
        drawExclamation(painter, box, 0.40, 0.80);
        return;
    case Shape::Octagon:
        painter.drawPolygon(octagon(box));
        drawExclamation(painter, box, 0.27, 0.72);
        return;
    case Shape::DashedCircle:
        pen.setDashPattern({2.0, 2.2});
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        painter.drawEllipse(box);
        return;
    }
}

} // namespace cockpit::print
