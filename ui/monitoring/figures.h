// What the Monitoring page shows, worked out from monitors and their samples. Pure; runs on a worker, because thirty
// days of one endpoint are more than forty thousand samples.
#pragma once

#include "models/monitoring.h"
#include "ui/charts/latencyplot.h"
#include "ui/charts/uptimecells.h"
#include "ui/monitoring/timewindow.h"

#include <QDateTime>

#include <map>
#include <optional>
#include <vector>

namespace cockpit {

using SamplesByMonitor = std::map<qint64, std::vector<Sample>>;

struct EndpointFigures
{
    Monitor monitor;
    std::optional<Sample> last;
    std::vector<UptimeCell> cells; // of the window
    Uptime window;
    Uptime month;
    std::optional<std::chrono::milliseconds> p95Day; // empty below kFewestSamplesForP95 answers
    int looksDay = 0;                                // that could tell
    int failuresDay = 0;
    LatencyPlot latency; // of the window
    std::vector<Incident> incidents;
};

struct MonitoringFigures
{
    TimeWindow window = TimeWindow::Day;
    QDateTime from;
    QDateTime to;
    std::vector<EndpointFigures> endpoints; // in the order of the monitors

    bool operator==(const MonitoringFigures &) const = default;
};

constexpr int kStripCells = 60;

MonitoringFigures figuresOf(const std::vector<Monitor> &monitors, const SamplesByMonitor &samples, TimeWindow window,
                            const QDateTime &now);

} // namespace cockpit
