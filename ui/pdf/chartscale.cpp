#include "ui/pdf/chartscale.h"

#include <algorithm>

namespace cockpit::print {

namespace {

constexpr int kTicks = 4;

// 1, 2 or 5 times a power of ten: steps that people read at a glance.
int roundStep(int least)
{
    for (int power = 10;; power *= 10)
        for (const int factor : {1, 2, 5})
            if (factor * power >= least)
                return factor * power;
}

int spanOf(const QDateTime &at, const QDateTime &from, const QDateTime &to, int spans)
{
    const qint64 length = std::max<qint64>(from.msecsTo(to), 1);
    const qint64 index = from.msecsTo(at) * spans / length;
    return static_cast<int>(std::clamp<qint64>(index, 0, spans - 1));
}

int slowest(const LatencyChart &chart)
{
    qint64 worst = chart.targetMs.value_or(0);
    if (const auto p95 = percentile(chart.samples, 0.95))
        worst = std::max<qint64>(worst, p95->count());
    return static_cast<int>(std::clamp<qint64>(worst + worst / 5, 40, 1'000'000));
}

int badness(SampleState state)
{
    switch (state) {
    case SampleState::Unknown:
        return 0;
    case SampleState::Up:
        return 1;
    case SampleState::Down:
        return 2;
    }
    Q_UNREACHABLE();
}

} // namespace

LatencyScale::LatencyScale(const LatencyChart &chart, int buckets)
    : m_chart(chart),
      m_buckets(static_cast<std::size_t>(buckets)),
      m_step(roundStep(slowest(chart) / kTicks)),
      m_top(m_step * ((slowest(chart) + m_step - 1) / m_step))
{
    for (const Sample &sample : chart.samples)
        m_buckets[static_cast<std::size_t>(spanOf(sample.at, chart.from, chart.to, buckets))].push_back(sample);
}

std::vector<int> LatencyScale::ticks() const
{
    std::vector<int> ticks;
    for (int tick = 0; tick <= m_top; tick += m_step)
        ticks.push_back(tick);
    return ticks;
}

qreal LatencyScale::y(qreal milliseconds, const QRectF &plot) const
{
    return plot.bottom() - plot.height() * std::clamp(milliseconds / m_top, 0.0, 1.0);
}

std::vector<QPointF> LatencyScale::line(double share, const QRectF &plot) const
{
    std::vector<QPointF> points;
    for (std::size_t i = 0; i < m_buckets.size(); ++i)
        if (const auto value = percentile(m_buckets[i], share)) {
            const qreal x =
                plot.left() + plot.width() * (static_cast<qreal>(i) + 0.5) / static_cast<qreal>(m_buckets.size());
            points.emplace_back(x, y(static_cast<qreal>(value->count()), plot));
        }
    return points;
}

std::vector<std::optional<SampleState>> worstPerCell(const UptimeStrip &strip, int cells)
{
    std::vector<std::optional<SampleState>> worst(static_cast<std::size_t>(cells));
    for (const Sample &sample : strip.samples) {
        std::optional<SampleState> &cell =
            worst[static_cast<std::size_t>(spanOf(sample.at, strip.from, strip.to, cells))];
        if (!cell || badness(sample.state) > badness(*cell))
            cell = sample.state;
    }
    return worst;
}

} // namespace cockpit::print
