#include "ui/rail/railbutton.h"

#include "ui/theme/tokens.h"
#include "ui/theme/typescale.h"
#include "ui/widgets/tooltips.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace cockpit {

namespace {

constexpr int kMarker = 24;
constexpr int kSide = 10;
constexpr int kGap = 12;
constexpr int kLineGap = 3;
constexpr int kComfortable = 11;
constexpr int kTight = 3;

struct MarkerColors
{
    QColor ring, ground, ink;
};

MarkerColors markerColors(StageState state, const Tokens &t, bool current)
{
    switch (state) {
    case StageState::Done:
        return {t.pass, t.pass, t.surface};
    case StageState::NeedsAttention:
        return {t.fail, t.failSoft, t.fail};
    case StageState::InProgress:
        return {t.accent, t.accentSoft, t.accent};
    case StageState::NotStarted:
        return current ? MarkerColors{t.accent, t.surface, t.accent} : MarkerColors{t.line, t.surface, t.muted};
    }
    Q_UNREACHABLE();
}

QString wordOf(StageState state)
{
    switch (state) {
    case StageState::Done:
        return RailButton::tr("done");
    case StageState::NeedsAttention:
        return RailButton::tr("needs attention");
    case StageState::InProgress:
        return RailButton::tr("in progress");
    case StageState::NotStarted:
        return RailButton::tr("not started");
    }
    Q_UNREACHABLE();
}

// Lines in a square of 1 by 1, drawn into the marker.
using Strokes = std::vector<QPolygonF>;

Strokes strokesOf(RailGlyph glyph)
{
    switch (glyph) {
    case RailGlyph::Number:
        return {};
    case RailGlyph::Gate: // a tick
        return {{QPointF(0.30, 0.52), QPointF(0.45, 0.66), QPointF(0.71, 0.36)}};
    case RailGlyph::Risks: // ranked lines
        return {{QPointF(0.30, 0.36), QPointF(0.70, 0.36)},
                {QPointF(0.30, 0.50), QPointF(0.60, 0.50)},
                {QPointF(0.30, 0.64), QPointF(0.48, 0.64)}};
    case RailGlyph::Plan: // hands of a clock
        return {{QPointF(0.50, 0.26), QPointF(0.50, 0.52), QPointF(0.68, 0.60)}};
    case RailGlyph::Later: // a pause
        return {{QPointF(0.42, 0.34), QPointF(0.42, 0.66)}, {QPointF(0.58, 0.34), QPointF(0.58, 0.66)}};
    case RailGlyph::Access: // a padlock
        return {
            {QPointF(0.32, 0.46), QPointF(0.68, 0.46), QPointF(0.68, 0.72), QPointF(0.32, 0.72), QPointF(0.32, 0.46)},
            {QPointF(0.40, 0.46), QPointF(0.40, 0.34), QPointF(0.45, 0.28), QPointF(0.55, 0.28), QPointF(0.60, 0.34),
             QPointF(0.60, 0.46)}};
    case RailGlyph::Surface: // a table
        return {
            {QPointF(0.30, 0.30), QPointF(0.70, 0.30), QPointF(0.70, 0.70), QPointF(0.30, 0.70), QPointF(0.30, 0.30)},
            {QPointF(0.30, 0.46), QPointF(0.70, 0.46)},
            {QPointF(0.46, 0.30), QPointF(0.46, 0.70)}};
    case RailGlyph::Records: // a sheet with writing
        return {
            {QPointF(0.34, 0.28), QPointF(0.66, 0.28), QPointF(0.66, 0.72), QPointF(0.34, 0.72), QPointF(0.34, 0.28)},
            {QPointF(0.42, 0.44), QPointF(0.58, 0.44)},
            {QPointF(0.42, 0.56), QPointF(0.58, 0.56)}};
    case RailGlyph::Secrets: // a key
        return {{QPointF(0.44, 0.50), QPointF(0.40, 0.40), QPointF(0.31, 0.40), QPointF(0.26, 0.50),
                 QPointF(0.31, 0.60), QPointF(0.40, 0.60), QPointF(0.44, 0.50), QPointF(0.75, 0.50),
                 QPointF(0.75, 0.62)},
                {QPointF(0.63, 0.50), QPointF(0.63, 0.60)}};
    case RailGlyph::Monitoring: // a pulse
        return {{QPointF(0.22, 0.54), QPointF(0.38, 0.54), QPointF(0.46, 0.32), QPointF(0.56, 0.70),
                 QPointF(0.63, 0.54), QPointF(0.78, 0.54)}};
    case RailGlyph::Message: // an envelope
        return {
            {QPointF(0.26, 0.36), QPointF(0.74, 0.36), QPointF(0.74, 0.66), QPointF(0.26, 0.66), QPointF(0.26, 0.36)},
            {QPointF(0.26, 0.38), QPointF(0.50, 0.54), QPointF(0.74, 0.38)}};
    case RailGlyph::Handover: // an arrow that leaves
        return {{QPointF(0.28, 0.50), QPointF(0.70, 0.50)},
                {QPointF(0.56, 0.36), QPointF(0.70, 0.50), QPointF(0.56, 0.64)}};
    case RailGlyph::Document: // a play mark
        return {{QPointF(0.42, 0.33), QPointF(0.66, 0.50), QPointF(0.42, 0.67), QPointF(0.42, 0.33)}};
    }
    Q_UNREACHABLE();
}

// These point to where reading goes on.
bool pointsAhead(RailGlyph glyph)
{
    return glyph == RailGlyph::Handover || glyph == RailGlyph::Document;
}

void drawStrokes(QPainter &painter, const QRectF &box, const Strokes &strokes, bool mirrored = false)
{
    for (QPolygonF line : strokes) {
        for (QPointF &point : line) {
            const qreal x = mirrored ? 1 - point.x() : point.x();
            point = box.topLeft() + QPointF(x * box.width(), point.y() * box.height());
        }
        painter.drawPolyline(line);
    }
}

} // namespace

RailButton::RailButton(RailGlyph glyph, const QString &title, QWidget *parent) : QAbstractButton(parent), m_glyph(glyph)
{
    setText(title);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setAttribute(Qt::WA_Hover);
    describe();
}

void RailButton::setNumber(int number)
{
    m_number = number;
    update();
}

void RailButton::setNote(const QString &note)
{
    if (note == m_note)
        return;
    m_note = note;
    describe();
    update();
}

void RailButton::setState(StageState state)
{
    if (state == m_state)
        return;
    m_state = state;
    describe();
    update();
}

void RailButton::describe()
{
    setAccessibleName(text());
    const bool isStage = m_glyph == RailGlyph::Number;
    setAccessibleDescription(isStage ? tr("%1: %2").arg(wordOf(m_state), m_note) : m_note);
    setToolTip(plainToolTip(m_note));
}

int RailButton::heightWithPadding(int padding) const
{
    const QFontMetrics title(textFont(TextSize::Body, QFont::DemiBold));
    const QFontMetrics note(textFont(TextSize::Small));
    return std::max(kMarker, title.height() + kLineGap + note.height()) + 2 * padding;
}

QSize RailButton::sizeHint() const
{
    const int width = QFontMetrics(textFont(TextSize::Body, QFont::DemiBold)).horizontalAdvance(text());
    return {width + kMarker + kGap + 2 * kSide, heightWithPadding(kComfortable)};
}

QSize RailButton::minimumSizeHint() const
{
    return {kMarker + kGap + 2 * kSide + fontMetrics().averageCharWidth() * 8, heightWithPadding(kTight)};
}

bool RailButton::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange)
        updateGeometry();
    return QAbstractButton::event(event);
}

void RailButton::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(tokens.accent, 2) : QPen(Qt::NoPen));
        painter.setBrush(isChecked() ? tokens.accentSoft : underMouse() ? tokens.idleSoft : tokens.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kControlRadius, kControlRadius);
    }
    const QFontMetrics titleMetrics(textFont(TextSize::Body, QFont::DemiBold));
    const QFontMetrics noteMetrics(textFont(TextSize::Small));
    const int textHeight = titleMetrics.height() + kLineGap + noteMetrics.height();
    const int top = (height() - textHeight) / 2;

    const QRectF marker = QStyle::visualRect(layoutDirection(), rect(), {kSide, top - 1, kMarker, kMarker});
    const MarkerColors colors = markerColors(m_state, tokens, isChecked());
    painter.setPen(QPen(colors.ring, 2));
    painter.setBrush(colors.ground);
    painter.drawEllipse(marker.adjusted(1, 1, -1, -1));
    painter.setPen(QPen(colors.ink, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    if (m_state == StageState::Done) {
        drawStrokes(painter, marker, strokesOf(RailGlyph::Gate));
    } else if (m_glyph == RailGlyph::Number) {
        painter.setFont(textFont(TextSize::Small, QFont::Bold));
        painter.drawText(marker, Qt::AlignCenter, locale().toString(m_number));
    } else {
        drawStrokes(painter, marker, strokesOf(m_glyph), isRightToLeft() && pointsAhead(m_glyph));
    }

    const int left = kSide + kMarker + kGap;
    const auto line = [&](int y, const QFontMetrics &metrics, const QFont &font, const QColor &ink,
                          const QString &words) {
        const QRect logical(left, y, width() - left - kSide, metrics.height());
        painter.setFont(font);
        painter.setPen(ink);
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), logical), Qt::AlignLeading | Qt::TextSingleLine,
                         metrics.elidedText(words, Qt::ElideRight, logical.width()));
    };
    line(top, titleMetrics, textFont(TextSize::Body, QFont::DemiBold), tokens.text, text());
    line(top + titleMetrics.height() + kLineGap, noteMetrics, textFont(TextSize::Small), tokens.muted, m_note);
}

} // namespace cockpit
