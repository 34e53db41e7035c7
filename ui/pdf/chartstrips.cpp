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
constexpr qreal kBarRow = points(21);
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
            parts << u"%1 %2"_s.arg(count).arg(labelOf(severity).toLower());
    return parts.isEmpty() ? u"0"_s : parts.join(u", "_s);
}

void drawBar(QPainter &painter, const ImpactBars::Bar &bar, const QPointF &at, qreal unit)
{
    drawElided(painter, labelOf(bar.impact), Face::Small, kText, QRectF(at, QSizeF(kBarLabel, kBarRow)));
    const int count = total(bar.counts);
    const QPointF origin = at + QPointF(kBarLabel, 0);
    qreal end = 0;
    if (count > 0) {
        end = count * unit;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colorOf(std::ranges::find_if(bar.counts, [](const auto &c) { return c.second > 0; })->first));
        painter.drawRoundedRect(QRectF(origin + QPointF(0, points(4)), QSizeF(end, kBarRow - points(8))), points(2),
                                points(2));
        end += points(6);
    }
    drawElided(painter, countsText(bar.counts), Face::Small, kMuted,
               QRectF(origin + QPointF(end, 0), QSizeF(points(180), kBarRow)));
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
    const auto time = [&](const QDateTime &at, Qt::Alignment alignment) {
        drawElided(painter, QLocale().toString(at.toUTC(), u"d MMM, HH:mm"_s), Face::Caption, kMuted,
                   QRectF(plot.left(), plot.bottom() + points(3), plot.width(), points(12)), alignment);
    };
    time(scale.from(), Qt::AlignLeft);
    time(scale.to(), Qt::AlignRight);
}

void drawLine(QPainter &painter, const std::vector<QPointF> &line, const QColor &color)
{
    QPainterPath path;
    for (std::size_t i = 0; i < line.size(); ++i)
        i == 0 ? path.moveTo(line[i]) : path.lineTo(line[i]);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, points(1.1), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
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
    for (const auto &[name, color] : {std::pair(u"p50"_s, kAccent), std::pair(u"p95"_s, kWarn)}) {
        painter.setPen(QPen(color, points(1.4)));
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
    return Text::tr("%1 % up, %2 % of the time observed")
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
    if (!strips.empty()) {
        strips.front().gapBefore = points(8);
        strips.back().keepWithNext = false;
    }
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
        drawLine(painter, scale.line(0.95, plot), kWarn);
        drawLine(painter, scale.line(0.5, plot), kAccent);
        if (block.targetMs)
            drawTarget(painter, plot, scale.y(*block.targetMs, plot), *block.targetMs);
    };
    return {{height, points(10), false, draw, nullptr}};
}

Strips stripsOf(const UptimeStrip &block, qreal width)
{
    const qreal height = kCaptionHeight + points(28);
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
    };
    return {{height, points(8), false, draw, nullptr}};
}

} // namespace cockpit::print
