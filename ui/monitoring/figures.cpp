#include "ui/monitoring/figures.h"

#include <algorithm>

namespace cockpit {

namespace {

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

} // namespace cockpit
