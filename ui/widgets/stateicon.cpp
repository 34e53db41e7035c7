#include "ui/widgets/stateicon.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <numbers>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StateIcon)
};

QPolygonF octagon(const QRectF &box)
{
    QPolygonF points;
    const qreal radius = box.width() / 2 / std::cos(std::numbers::pi / 8);
    for (int corner = 0; corner < 8; ++corner) {
        const qreal angle = (corner + 0.5) * std::numbers::pi / 4;
        points << box.center() + QPointF(radius * std::cos(angle), radius * std::sin(angle));
    }
    return points;
}

QPolygonF triangle(const QRectF &box)
{
    return {QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()};
}

// A line through points given as shares of the box.
void stroke(QPainter &painter, const QRectF &box, std::initializer_list<QPointF> shares)
{
    QPolygonF points;
    for (const QPointF &share : shares)
        points << box.topLeft() + QPointF(share.x() * box.width(), share.y() * box.height());
    painter.drawPolyline(points);
}

void paintPass(QPainter &painter, const QRectF &box)
{
    painter.drawEllipse(box);
    stroke(painter, box, {{0.29, 0.52}, {0.44, 0.66}, {0.72, 0.36}});
}

void paintFail(QPainter &painter, const QRectF &box)
{
    painter.drawPolygon(octagon(box));
    stroke(painter, box, {{0.35, 0.35}, {0.65, 0.65}});
    stroke(painter, box, {{0.65, 0.35}, {0.35, 0.65}});
}

void paintWarn(QPainter &painter, const QRectF &box)
{
    painter.drawPolygon(triangle(box));
    stroke(painter, box, {{0.5, 0.40}, {0.5, 0.66}});
    stroke(painter, box, {{0.5, 0.80}, {0.5, 0.81}});
}

void paintNotRun(QPainter &painter, const QRectF &box, QPen pen)
{
    const QPen solid = pen;
    pen.setDashPattern({2.2, 1.8});
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    painter.drawEllipse(box);
    painter.setPen(solid);
    stroke(painter, box, {{0.34, 0.5}, {0.66, 0.5}});
}

// A person said so: a speech bubble's round body with its tail, so that it never looks like proof.
void paintAnswered(QPainter &painter, const QRectF &box)
{
    painter.drawEllipse(box);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QRectF(box.center() - QPointF(box.width() * 0.11, box.height() * 0.22),
                               QSizeF(box.width() * 0.22, box.height() * 0.22)));
    QPainterPath shoulders;
    shoulders.arcMoveTo(box.center().x() - box.width() * 0.22, box.center().y() + box.height() * 0.08,
                        box.width() * 0.44, box.height() * 0.44, 0);
    shoulders.arcTo(box.center().x() - box.width() * 0.22, box.center().y() + box.height() * 0.08, box.width() * 0.44,
                    box.height() * 0.44, 0, 180);
    painter.drawPath(shoulders);
}

void paintRunning(QPainter &painter, const QRectF &box, const Tokens &tokens, qreal progress, QPen pen)
{
    painter.setBrush(Qt::NoBrush);
    pen.setWidthF(pen.widthF() * 1.6);
    pen.setColor(tokens.line);
    painter.setPen(pen);
    painter.drawEllipse(box);
    pen.setColor(tokens.accent);
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    painter.drawArc(box, 90 * 16, -qRound(progress * 360 * 16));
}

} // namespace

StateShape shapeFor(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Pass:
    case Outcome::Info:
        return StateShape::Pass;
    case Outcome::Warn:
    case Outcome::Error:
        return StateShape::Warn;
    case Outcome::Fail:
        return StateShape::Fail;
    case Outcome::NotRun:
    case Outcome::NotApplicable:
        return StateShape::NotRun;
    }
    Q_UNREACHABLE();
}

StateShape shapeFor(Severity severity)
{
    return severity == Severity::Critical ? StateShape::Fail : StateShape::Warn;
}

StateShape shapeFor(ItemState state)
{
    switch (state) {
    case ItemState::Proven:
        return StateShape::Pass;
    case ItemState::Problem:
        return StateShape::Fail;
    case ItemState::AnsweredByPerson:
        return StateShape::Answered;
    case ItemState::NotLookedAt:
    case ItemState::NotApplicable:
        return StateShape::NotRun;
    }
    Q_UNREACHABLE();
}

Tone toneFor(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return Tone::Fail;
    case Severity::High:
    case Severity::Medium:
        return Tone::Warn;
    case Severity::Low:
        return Tone::Neutral;
    }
    Q_UNREACHABLE();
}

Tone toneFor(VerdictDecision decision)
{
    switch (decision) {
    case VerdictDecision::Go:
        return Tone::Pass;
    case VerdictDecision::GoWithConditions:
        return Tone::Warn;
    case VerdictDecision::NoGo:
        return Tone::Fail;
    }
    Q_UNREACHABLE();
}

Tone toneFor(const Verdict &verdict)
{
    return verdict.nothingLookedAt ? Tone::Neutral : toneFor(verdict.decision);
}

Tone toneFor(StateShape shape)
{
    switch (shape) {
    case StateShape::Pass:
        return Tone::Pass;
    case StateShape::Warn:
        return Tone::Warn;
    case StateShape::Fail:
        return Tone::Fail;
    case StateShape::Running:
        return Tone::Accent;
    case StateShape::Answered:
    case StateShape::NotRun:
        return Tone::Neutral;
    }
    Q_UNREACHABLE();
}

QString labelOf(StateShape shape)
{
    switch (shape) {
    case StateShape::Pass:
        return Text::tr("passed");
    case StateShape::Warn:
        return Text::tr("warning");
    case StateShape::Fail:
        return Text::tr("problem");
    case StateShape::Running:
        return Text::tr("running");
    case StateShape::Answered:
        return Text::tr("answered by a person");
    case StateShape::NotRun:
        return Text::tr("not looked at");
    }
    Q_UNREACHABLE();
}

void paintState(QPainter &painter, const QRectF &rect, StateShape shape, const Tokens &tokens, qreal progress)
{
    const qreal side = std::min(rect.width(), rect.height());
    const QRectF square(rect.center() - QPointF(side / 2, side / 2), QSizeF(side, side));
    const qreal width = std::max(1.4, side / 14);
    const QRectF box = square.adjusted(width, width, -width, -width);
    const ToneColors colors = toneColors(tokens, toneFor(shape));
    const QPen pen(colors.ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(pen);
    painter.setBrush(colors.soft);
    switch (shape) {
    case StateShape::Pass:
        paintPass(painter, box);
        break;
    case StateShape::Warn:
        paintWarn(painter, box);
        break;
    case StateShape::Fail:
        paintFail(painter, box);
        break;
    case StateShape::NotRun:
        paintNotRun(painter, box, pen);
        break;
    case StateShape::Running:
        paintRunning(painter, box, tokens, progress, pen);
        break;
    case StateShape::Answered:
        paintAnswered(painter, box);
        break;
    }
    painter.restore();
}

StateIcon::StateIcon(StateShape shape, QWidget *parent) : QWidget(parent), m_shape(shape)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(labelOf(shape));
}

void StateIcon::setShape(StateShape shape)
{
    if (shape == m_shape)
        return;
    m_shape = shape;
    setAccessibleName(labelOf(shape));
    update();
}

void StateIcon::setExtent(int pixels)
{
    m_extent = pixels;
    updateGeometry();
}

void StateIcon::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintState(painter, rect(), m_shape, tokensFor(palette()));
}

} // namespace cockpit
