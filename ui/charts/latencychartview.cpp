#include "ui/charts/latencychartview.h"

#include "ui/charts/legendmark.h"
#include "ui/theme/tokens.h"
#include "ui/theme/typescale.h"
#include "ui/widgets/labels.h"

#include <QChart>
#include <QChartView>
#include <QDateTimeAxis>
#include <QEvent>
#include <QGraphicsLayout>
#include <QGraphicsSimpleTextItem>
#include <QHBoxLayout>
#include <QLineSeries>
#include <QLocale>
#include <QScatterSeries>
#include <QValueAxis>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kTimeTicks = 5;
constexpr int kValueTicks = 5;
constexpr qreal kLineWidth = 1.8;
constexpr qreal kMarkerSize = 6;

QPen linePen(const QColor &ink)
{
    QPen pen(ink, kLineWidth);
    pen.setCapStyle(Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    return pen;
}

} // namespace

LatencyChartView::LatencyChartView(QWidget *parent)
    : QWidget(parent),
      m_title(new PlainLabel(this)),
      m_legend95(new PlainLabel(tr("p95"), this)),
      m_legend50(new PlainLabel(this)),
      m_note(new PlainLabel(this)),
      m_chart(new QChart),
      m_view(new QChartView(m_chart, this)), // takes the chart
      m_time(new QDateTimeAxis(m_chart)),
      m_value(new QValueAxis(m_chart)),
      m_targetLabel(new QGraphicsSimpleTextItem(m_chart))
{
    m_title->setScale(TextSize::Section, QFont::DemiBold);
    m_legend95->setMuted().setWordWrap(false);
    m_legend50->setMuted().setWordWrap(false);
    m_note->setMuted();
    m_note->setObjectName(u"latencyNote"_s);
    auto *header = new QHBoxLayout;
    header->setSpacing(space::kSmall);
    header->addWidget(m_title, 1);
    header->addWidget(new LegendMark(Tone::Accent, m_legend95));
    header->addWidget(m_legend95);
    header->addSpacing(space::kSmall);
    header->addWidget(new LegendMark(Tone::Pass, m_legend50));
    header->addWidget(m_legend50);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    column->addLayout(header);
    column->addWidget(m_view, 1);
    column->addWidget(m_note);

    m_chart->legend()->hide();
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setMargins({});
    m_chart->setBackgroundVisible(false);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_value, Qt::AlignLeft);
    m_view->setObjectName(u"latencyChart"_s);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setBackgroundBrush(Qt::NoBrush);
    m_view->setStyleSheet(u"background: transparent; border: none;"_s);
    m_view->setMinimumHeight(140);
    // Its hint is as high as the picture was last: a page that scrolls would never become lower again.
    m_view->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_view->setFocusPolicy(Qt::NoFocus);
    connect(m_chart, &QChart::plotAreaChanged, this, &LatencyChartView::placeTargetLabel);
    build();
}

void LatencyChartView::setPicture(const LatencyPicture &picture)
{
    if (picture == m_picture)
        return;
    m_picture = picture;
    build();
}

void LatencyChartView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        build();
}

void LatencyChartView::build()
{
    const Tokens &tokens = tokensFor(palette());
    m_chart->removeAllSeries(); // deletes them
    m_target = nullptr;
    m_title->setText(m_picture.title);
    setAxes();
    addTarget(tokens.warn);
    addLines(m_picture.plot.p50, tokens.pass);
    addLines(m_picture.plot.p95, tokens.accent);
    placeTargetLabel();
    describe();
}

void LatencyChartView::addLines(const std::vector<LatencySegment> &segments, const QColor &ink)
{
    // Single points have no line; where each answer counts all of them are marked.
    QScatterSeries *dots = nullptr;
    const bool markAll = m_picture.plot.detail == LatencyDetail::EachAnswer;
    for (const LatencySegment &segment : segments) {
        auto *line = new QLineSeries(m_chart);
        for (const LatencyPoint &point : segment)
            line->append(double(point.at.toMSecsSinceEpoch()), double(point.value.count()));
        line->setPen(linePen(ink));
        m_chart->addSeries(line);
        line->attachAxis(m_time);
        line->attachAxis(m_value);
        if (!markAll && segment.size() > 1)
            continue;
        if (!dots)
            dots = new QScatterSeries(m_chart);
        dots->append(line->points());
    }
    if (!dots)
        return;
    dots->setMarkerSize(kMarkerSize);
    dots->setColor(ink);
    dots->setBorderColor(ink);
    m_chart->addSeries(dots);
    dots->attachAxis(m_time);
    dots->attachAxis(m_value);
}

void LatencyChartView::addTarget(const QColor &ink)
{
    m_targetLabel->setVisible(m_picture.targetMs.has_value() && m_picture.from.isValid());
    if (!m_targetLabel->isVisible())
        return;
    QPen pen(ink, 1.5, Qt::DashLine);
    m_target = new QLineSeries(m_chart);
    m_target->setPen(pen);
    m_target->append(double(m_picture.from.toMSecsSinceEpoch()), *m_picture.targetMs);
    m_target->append(double(m_picture.to.toMSecsSinceEpoch()), *m_picture.targetMs);
    m_chart->addSeries(m_target);
    m_target->attachAxis(m_time);
    m_target->attachAxis(m_value);
    m_targetLabel->setBrush(ink);
    m_targetLabel->setFont(textFont(TextSize::Small));
    m_targetLabel->setText(tr("target %1 ms").arg(QLocale().toString(*m_picture.targetMs)));
}

void LatencyChartView::setAxes()
{
    const Tokens &tokens = tokensFor(palette());
    for (QAbstractAxis *axis : {static_cast<QAbstractAxis *>(m_time), static_cast<QAbstractAxis *>(m_value)}) {
        axis->setLabelsFont(textFont(TextSize::Small));
        axis->setLabelsBrush(tokens.muted);
        axis->setLinePenColor(tokens.line);
        axis->setGridLineColor(tokens.line);
    }
    m_time->setGridLineVisible(false);
    m_time->setTickCount(kTimeTicks);
    if (m_picture.from.isValid())
        m_time->setRange(m_picture.from.toLocalTime(), m_picture.to.toLocalTime());
    // An axis that had nothing to name has no room for labels, and a new range gives it none; another format does.
    m_time->setFormat({});
    m_time->setFormat(m_picture.timeFormat.isEmpty() ? u"HH:mm"_s : m_picture.timeFormat);
    m_value->setLineVisible(false);
    m_value->setTickCount(kValueTicks);
    m_value->setLabelFormat(u"%.0f"_s);
    // The target stays in sight, with a little room above it for its words.
    const auto target = std::chrono::milliseconds(m_picture.targetMs.value_or(0) * 6 / 5);
    m_value->setRange(0, niceAxisEnd(std::max(m_picture.plot.highest, target)));
}

void LatencyChartView::placeTargetLabel()
{
    if (!m_target || !m_targetLabel->isVisible())
        return;
    const QPointF end = m_chart->mapToPosition(m_target->points().last(), m_target);
    const QRectF size = m_targetLabel->boundingRect();
    m_targetLabel->setPos(end.x() - size.width() - space::kTiny, end.y() - size.height() - 1);
    m_targetLabel->setZValue(20);
}

void LatencyChartView::describe()
{
    const LatencyPlot &plot = m_picture.plot;
    m_legend95->setVisible(plot.detail == LatencyDetail::Percentiles);
    m_legend50->setVisible(plot.detail != LatencyDetail::Nothing);
    m_legend50->setText(plot.detail == LatencyDetail::EachAnswer ? tr("each answer, in ms") : tr("p50, in ms"));
    switch (plot.detail) {
    case LatencyDetail::Nothing:
        m_note->setText(tr("No successful answer in this window yet. Points appear here as soon as there is one."));
        break;
    case LatencyDetail::EachAnswer:
        m_note->setText(tr("Too few samples for p50 and p95: %1 of %2. Until then each answer is shown.")
                            .arg(QString::number(plot.answers), QString::number(kFewestAnswersForBuckets)));
        break;
    case LatencyDetail::Percentiles:
        m_note->setText({});
        break;
    }
    m_note->setVisible(!m_note->text().isEmpty());
    m_view->setAccessibleName(m_picture.title);
    m_view->setAccessibleDescription(tr("%1 answers; slowest point %2 ms")
                                         .arg(QString::number(plot.answers), QString::number(plot.highest.count())));
}

} // namespace cockpit
