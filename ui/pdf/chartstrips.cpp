#include "ui/pdf/blockstrips.h"
#include "ui/pdf/chartscale.h"
#include "ui/pdf/printpalette.h"
#include "ui/pdf/stateshape.h"
#include "ui/pdf/textlines.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainterPath>

#include <algorithm>

namespace cockpit::print {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HandoverPdf)
};

constexpr qreal kBarLabel = points(120);
constexpr qreal kBarRow = points(17);
constexpr qreal kPlotHeight = points(120);
constexpr qreal kAxisWidth = points(46);
constexpr qreal kCaptionHeight = points(14);
constexpr int kBuckets = 96;
constexpr int kStripCells = 120;

int total(const std::map<Severity, int> &counts)
{
    int sum = 0;
    for (const auto &[severity, count] : counts)
        sum += count;
    return sum;
}

QString countsText(const std::map<Severity, int> &counts)
{
    QStringList parts;
    for (const auto &[severity, count] : counts)
        if (count > 0)
            parts << u"%1 %2"_s.arg(QString::number(count), labelOf(severity).toLower());
    return parts.isEmpty() ? u"0"_s : parts.join(u", "_s);
}

// Apart in lightness too, for a printer without colours.
QColor barColorOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return kBarCritical;
    case Severity::High:
        return kFail;
    case Severity::Medium:
        return kBarMedium;
    case Severity::Low:
        return kBarLow;
    }
    Q_UNREACHABLE();
}

void drawBar(QPainter &painter, const ImpactBars::Bar &bar, const QPointF &at, qreal unit)
{
    drawElided(painter, labelOf(bar.impact), Face::Small, kText, QRectF(at, QSizeF(kBarLabel, kBarRow)));
    QPointF corner = at + QPointF(kBarLabel, points(2.5));
    painter.setPen(Qt::NoPen);
    for (const auto &[severity, count] : bar.counts) {
        painter.setBrush(barColorOf(severity));
        painter.drawRect(QRectF(corner, QSizeF(count * unit, kBarRow - points(5))));
        corner.rx() += count * unit;
    }
    const qreal textLeft = corner.x() + (total(bar.counts) > 0 ? points(6) : 0);
    drawElided(painter, countsText(bar.counts), Face::Small, kMuted,
               QRectF(QPointF(textLeft, at.y()), QSizeF(points(180), kBarRow)));
}

void drawSeverities(QPainter &painter, QPointF at)
{
    at.rx() += kBarLabel;
    for (const Severity severity : {Severity::Critical, Severity::High, Severity::Medium, Severity::Low}) {
        const QString name = labelOf(severity);
        painter.setPen(Qt::NoPen);
        painter.setBrush(barColorOf(severity));
        painter.drawRect(QRectF(at + QPointF(0, points(3.5)), QSizeF(points(8), points(8))));
        const qreal nameWidth = naturalWidth(name, Face::Caption) + points(2);
        drawElided(painter, name, Face::Caption, kMuted,
                   QRectF(at + QPointF(points(12), 0), QSizeF(nameWidth, kCaptionHeight)));
        at.rx() += nameWidth + points(26);
    }
}

QString momentText(const QDateTime &at)
{
    return QLocale().toString(at.toUTC(), u"d MMM, HH:mm 'UTC'"_s);
}

// Begin and end at the edges, and the middle where it is a time of its own.
void drawTimeAxis(QPainter &painter, const QDateTime &from, const QDateTime &to, const QRectF &box)
{
    drawElided(painter, momentText(from), Face::Caption, kMuted, box, Qt::AlignLeft);
    drawElided(painter, momentText(to), Face::Caption, kMuted, box, Qt::AlignRight);
    const QString middle = momentText(from.addMSecs(from.msecsTo(to) / 2));
    if (middle != momentText(from) && middle != momentText(to))
        drawElided(painter, middle, Face::Caption, kMuted, box, Qt::AlignHCenter);
}

void drawAxes(QPainter &painter, const QRectF &plot, const LatencyScale &scale)
{
    for (const int tick : scale.ticks()) {
        const qreal y = scale.y(tick, plot);
        painter.setPen(QPen(kLine, points(0.5)));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        drawElided(painter, Text::tr("%1 ms").arg(QLocale().toString(tick)), Face::Caption, kMuted,
                   QRectF(plot.left() - kAxisWidth, y - points(6), kAxisWidth - points(6), points(12)), Qt::AlignRight);
    }
    drawTimeAxis(painter, scale.from(), scale.to(),
                 QRectF(plot.left(), plot.bottom() + points(3), plot.width(), points(12)));
}

// Told apart by thickness and dots as well as by colour.
QPen penOf(double percentile)
{
    if (percentile > 0.9)
        return QPen(kWarn, points(1.4), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    QPen pen(kAccent, points(1.0), Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    pen.setDashPattern({2, 1.5});
    return pen;
}

void drawLine(QPainter &painter, const std::vector<QPointF> &line, const QPen &pen)
{
    QPainterPath path;
    for (std::size_t i = 0; i < line.size(); ++i)
        i == 0 ? path.moveTo(line[i]) : path.lineTo(line[i]);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    painter.drawPath(path);
    if (line.size() == 1)
        painter.drawEllipse(line.front(), points(1), points(1));
}

void drawTarget(QPainter &painter, const QRectF &plot, qreal y, int milliseconds)
{
    QPen pen(kFail, points(0.8));
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    drawElided(painter, Text::tr("target p95: %1 ms").arg(milliseconds), Face::Caption, kFail,
               QRectF(plot.right() - points(120), y - points(12), points(120), points(11)), Qt::AlignRight);
}

void drawLegend(QPainter &painter, const QPointF &at, const QString &title)
{
    drawElided(painter, title, Face::Strong, kText, QRectF(at, QSizeF(points(220), kCaptionHeight)));
    qreal x = at.x() + points(230);
    for (const auto &[name, percentile] : {std::pair(u"p50"_s, 0.5), std::pair(u"p95"_s, 0.95)}) {
        painter.setPen(penOf(percentile));
        painter.drawLine(QPointF(x, at.y() + points(7)), QPointF(x + points(14), at.y() + points(7)));
        drawElided(painter, name, Face::Caption, kMuted, QRectF(x + points(18), at.y(), points(30), kCaptionHeight));
        x += points(52);
    }
}

QColor cellColor(const std::optional<SampleState> &state)
{
    if (!state)
        return kIdleSoft;
    switch (*state) {
    case SampleState::Up:
        return kPass;
    case SampleState::Down:
        return kFail;
    case SampleState::Unknown:
        return kIdleSoft;
    }
    Q_UNREACHABLE();
}

QString uptimeText(const UptimeStrip &block)
{
    const Uptime uptime = uptimeOf(block.samples, block.interval, block.from, block.to);
    const std::optional<double> ratio = uptime.ratio();
    if (!ratio)
        return Text::tr("nothing observed");
    return Text::tr("%1 % up, %2 % of the time observed; short bars: down, pale: not observed")
        .arg(QLocale().toString(*ratio * 100, 'f', 2), QLocale().toString(uptime.coverage() * 100, 'f', 0));
}

} // namespace

Strips stripsOf(const ImpactBars &block, qreal width)
{
    int most = 1;
    for (const ImpactBars::Bar &bar : block.bars)
        most = std::max(most, total(bar.counts));
    const qreal room = width - kBarLabel - points(190);
    const qreal unit = std::min(room / most, points(44));
    Strips strips;
    for (const ImpactBars::Bar &bar : block.bars)
        strips.push_back({kBarRow, 0, true,
                          [bar, unit](QPainter &painter, const QPointF &at) { drawBar(painter, bar, at, unit); },
                          nullptr});
    if (strips.empty())
        return strips;
    strips.front().gapBefore = points(8);
    strips.push_back({kCaptionHeight, points(4), false,
                      [](QPainter &painter, const QPointF &at) { drawSeverities(painter, at); }, nullptr});
    return strips;
}

Strips stripsOf(const LatencyChart &block, qreal width)
{
    const qreal height = kCaptionHeight + points(6) + kPlotHeight + points(20);
    const auto draw = [block, width](QPainter &painter, const QPointF &at) {
        const QRectF plot(at + QPointF(kAxisWidth, kCaptionHeight + points(6)),
                          QSizeF(width - kAxisWidth, kPlotHeight));
        const LatencyScale scale(block, kBuckets);
        drawLegend(painter, at, block.title);
        drawAxes(painter, plot, scale);
        drawLine(painter, scale.line(0.95, plot), penOf(0.95));
        drawLine(painter, scale.line(0.5, plot), penOf(0.5));
        if (block.targetMs)
            drawTarget(painter, plot, scale.y(*block.targetMs, plot), *block.targetMs);
    };
    return {{height, points(10), false, draw, nullptr}};
}

Strips stripsOf(const UptimeStrip &block, qreal width)
{
    const qreal height = kCaptionHeight + points(34);
    const auto draw = [block, width](QPainter &painter, const QPointF &at) {
        drawElided(painter, block.title, Face::Strong, kText, QRectF(at, QSizeF(width / 2, kCaptionHeight)));
        drawElided(painter, uptimeText(block), Face::Caption, kMuted,
                   QRectF(at + QPointF(width / 2, 0), QSizeF(width / 2, kCaptionHeight)), Qt::AlignRight);
        const std::vector<std::optional<SampleState>> cells = worstPerCell(block, kStripCells);
        const qreal step = width / kStripCells;
        painter.setPen(Qt::NoPen);
        for (int i = 0; i < kStripCells; ++i) {
            painter.setBrush(cellColor(cells[static_cast<std::size_t>(i)]));
            // A failure is also shorter than the rest, for those who do not see the colours.
            const qreal drop = cells[static_cast<std::size_t>(i)] == SampleState::Down ? points(7) : 0;
            painter.drawRect(QRectF(at + QPointF(i * step, kCaptionHeight + points(4) + drop),
                                    QSizeF(step * 0.8, points(14) - drop)));
        }
        drawTimeAxis(painter, block.from, block.to,
                     QRectF(at + QPointF(0, kCaptionHeight + points(20)), QSizeF(width, points(12))));
    };
    return {{height, points(8), false, draw, nullptr}};
}

} // namespace cockpit::print
