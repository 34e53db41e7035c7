#include "ui/monitoring/figures.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MonitoringFigures)
};

std::span<const Sample> since(const std::vector<Sample> &samples, const QDateTime &from)
{
    return {std::ranges::lower_bound(samples, from, {}, &Sample::at), samples.end()};
}

void addDay(EndpointFigures &figures, std::span<const Sample> day)
{
    const auto answers = std::ranges::count(day, SampleState::Up, &Sample::state);
    figures.failuresDay = static_cast<int>(std::ranges::count(day, SampleState::Down, &Sample::state));
    figures.looksDay = static_cast<int>(answers) + figures.failuresDay;
    if (answers >= kFewestSamplesForP95)
        figures.p95Day = percentile(day, 0.95);
}

EndpointFigures figuresOfOne(const Monitor &monitor, const std::vector<Sample> &samples, TimeWindow window,
                             const QDateTime &now)
{
    const QDateTime from = startOf(window, now);
    EndpointFigures figures;
    figures.monitor = monitor;
    if (!samples.empty())
        figures.last = samples.back();
    // The state from before the window still holds when it opens, so uptime reads all samples.
    figures.cells = uptimeCells(samples, monitor.interval, from, now, kStripCells);
    figures.window = uptimeOf(samples, monitor.interval, from, now);
    figures.month = uptimeOf(samples, monitor.interval, startOf(TimeWindow::Month, now), now);
    addDay(figures, since(samples, startOf(TimeWindow::Day, now)));
    if (monitor.kind != MonitorKind::Certificate)
        figures.latency = plotLatency(samples, monitor.interval, from, now);
    figures.incidents = incidentsOf(samples);
    for (Incident &incident : figures.incidents)
        incident.monitorId = monitor.id;
    return figures;
}

} // namespace

MonitoringFigures figuresOf(const std::vector<Monitor> &monitors, const SamplesByMonitor &samples, TimeWindow window,
                            const QDateTime &now)
{
    static const std::vector<Sample> kNone;
    MonitoringFigures figures{window, startOf(window, now), now, {}};
    for (const Monitor &monitor : monitors) {
        const auto found = samples.find(monitor.id);
        figures.endpoints.push_back(figuresOfOne(monitor, found == samples.end() ? kNone : found->second, window, now));
    }
    return figures;
}

QString percentText(double ratio)
{
    const double percent = std::floor(ratio * 10000.0) / 100.0;
    const int decimals = percent >= 100.0 ? 0 : 2;
    return Text::tr("%1 %").arg(QLocale().toString(percent, 'f', decimals));
}

QString millisecondsText(std::chrono::milliseconds value)
{
    return Text::tr("%1 ms").arg(QLocale().toString(static_cast<qlonglong>(value.count())));
}

QString durationText(std::chrono::milliseconds value)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(value).count();
    if (seconds < 60)
        return Text::tr("%1 s").arg(seconds);
    const auto minutes = seconds / 60;
    if (minutes < 60)
        return Text::tr("%1 min").arg(minutes);
    if (minutes % 60 == 0)
        return Text::tr("%1 h").arg(minutes / 60);
    return Text::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

} // namespace cockpit
