// The arithmetic behind the printed charts: from samples to points of a plot.
#pragma once

#include "models/handoverdocument.h"

#include <QRectF>

namespace cockpit::print {

class LatencyScale
{
public:
    // Samples are gathered into at most `buckets` equal spans of time; a percentile is drawn for each that has any.
    LatencyScale(const LatencyChart &chart, int buckets);

    QDateTime from() const { return m_chart.from; }
    QDateTime to() const { return m_chart.to; }
    std::vector<int> ticks() const; // ms, from 0 to the top
    qreal y(qreal milliseconds, const QRectF &plot) const;
    std::vector<QPointF> line(double percentile, const QRectF &plot) const;

private:
    const LatencyChart &m_chart;
    std::vector<std::vector<Sample>> m_buckets;
    int m_step = 100;
    int m_top = 100;
};

// The worst state seen in each of `cells` equal spans of time; empty where nothing was measured.
std::vector<std::optional<SampleState>> worstPerCell(const UptimeStrip &strip, int cells);

} // namespace cockpit::print
