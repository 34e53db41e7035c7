// The latency chart: p50 and p95 over time with the roadmap's target line, or each answer while there are few.
#pragma once

#include "ui/charts/latencyplot.h"

#include <QWidget>

class QChart;
class QChartView;
class QDateTimeAxis;
class QGraphicsSimpleTextItem;
class QLineSeries;
class QValueAxis;

namespace cockpit {

class PlainLabel;

struct LatencyPicture
{
    QString title;
    LatencyPlot plot;
    QDateTime from;
    QDateTime to;
    QString timeFormat;
    std::optional<int> targetMs;

    bool operator==(const LatencyPicture &) const = default;
};

class LatencyChartView : public QWidget
{
    Q_OBJECT

public:
    explicit LatencyChartView(QWidget *parent = nullptr);

    void setPicture(const LatencyPicture &picture);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void addLines(const std::vector<LatencySegment> &segments, const QColor &ink);
    void addTarget(const QColor &ink);
    void setAxes();
    void placeTargetLabel();
    void describe();

    LatencyPicture m_picture;
    PlainLabel *m_title;
    PlainLabel *m_legend95;
    PlainLabel *m_legend50;
    PlainLabel *m_note;
    QChart *m_chart;
    QChartView *m_view;
    QDateTimeAxis *m_time;
    QValueAxis *m_value;
    QLineSeries *m_target = nullptr;
    QGraphicsSimpleTextItem *m_targetLabel;
};

} // namespace cockpit
