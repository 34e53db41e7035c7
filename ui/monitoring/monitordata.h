// Samples behind the Monitoring page: read once in the background, kept up to date by new samples, worked out on a
// worker.
#pragma once

#include "models/result.h"
#include "ui/monitoring/figures.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace cockpit {

// Reads stored samples of one monitor in the background; Session::loadSamples in the program.
using SampleLoader = std::function<void(qint64 monitorId, const QDateTime &from, const QDateTime &to, QObject *context,
                                        std::function<void(const Result<std::vector<Sample>> &)> done)>;

class MonitorData : public QObject
{
    Q_OBJECT

public:
    explicit MonitorData(SampleLoader loader, QObject *parent = nullptr);

    // Reads what is not known yet and forgets monitors that are gone.
    void setMonitors(const std::vector<Monitor> &monitors);
    void setWindow(TimeWindow window);
    void addSample(const Sample &sample);

    TimeWindow window() const { return m_window; }
    const MonitoringFigures &figures() const { return m_figures; }

signals:
    void figuresChanged();
    void unreadable(const cockpit::Error &error); // what is shown is not all that was measured

private:
    void takeLoaded(qint64 monitorId, const std::vector<Sample> &samples);
    void workOut();

    SampleLoader m_loader;
    std::vector<Monitor> m_monitors;
    SamplesByMonitor m_samples;
    TimeWindow m_window = TimeWindow::Day;
    MonitoringFigures m_figures;
    bool m_isWorking = false;
    bool m_again = false; // something changed while the worker was busy
    QTimer m_soon;        // gathers samples that arrive together
};

} // namespace cockpit
