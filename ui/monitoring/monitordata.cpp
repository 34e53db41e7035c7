#include "ui/monitoring/monitordata.h"

#include "checks/engine/guarded.h"
#include "ui/widgets/whendone.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

namespace cockpit {

namespace {

constexpr std::chrono::milliseconds kGatherTime{100};
constexpr int kDaysKept = 30;

} // namespace

MonitorData::MonitorData(SampleLoader loader, QObject *parent) : QObject(parent), m_loader(std::move(loader))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kGatherTime);
    connect(&m_soon, &QTimer::timeout, this, &MonitorData::workOut);
}

void MonitorData::setMonitors(const std::vector<Monitor> &monitors)
{
    m_monitors = monitors;
    std::erase_if(m_samples, [&](const auto &entry) {
        return std::ranges::find(monitors, entry.first, &Monitor::id) == monitors.end();
    });
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const Monitor &monitor : monitors) {
        if (monitor.id == 0 || m_samples.contains(monitor.id))
            continue;
        m_samples[monitor.id];
        m_loader(monitor.id, now.addDays(-kDaysKept), now.addDays(1), this,
                 [this, id = monitor.id](const Result<std::vector<Sample>> &samples) {
                     if (samples)
                         takeLoaded(id, *samples);
                     else
                         emit unreadable(samples.error());
                 });
    }
    m_soon.start();
}

void MonitorData::setWindow(TimeWindow window)
{
    if (window == m_window)
        return;
    m_window = window;
    workOut();
}

void MonitorData::addSample(const Sample &sample)
{
    const auto found = m_samples.find(sample.monitorId);
    if (found == m_samples.end())
        return;
    auto &samples = found->second;
    samples.insert(std::ranges::upper_bound(samples, sample.at, {}, &Sample::at), sample);
    m_soon.start();
}

void MonitorData::takeLoaded(qint64 monitorId, const std::vector<Sample> &samples)
{
    const auto found = m_samples.find(monitorId);
    if (found == m_samples.end())
        return;
    // A sample may have arrived while the stored ones were read, and may be among them.
    const std::vector<Sample> live = std::exchange(found->second, samples);
    for (const Sample &sample : live) {
        if (std::ranges::find(found->second, sample.at, &Sample::at) == found->second.end())
            found->second.push_back(sample);
    }
    std::ranges::sort(found->second, {}, &Sample::at);
    m_soon.start();
}

void MonitorData::workOut()
{
    if (m_isWorking) {
        m_again = true;
        return;
    }
    m_isWorking = true;
    // The worker owns copies, and what it found is dropped when this object is gone by then: nobody waits for it.
    const auto work = [monitors = m_monitors, samples = m_samples, window = m_window] {
        return guarded([&]() -> Result<MonitoringFigures> {
            return figuresOf(monitors, samples, window, QDateTime::currentDateTimeUtc());
        });
    };
    whenDone(QtConcurrent::run(work), this, [this](const Result<MonitoringFigures> &figures) {
        m_isWorking = false;
        if (figures) {
            m_figures = *figures;
            emit figuresChanged();
        } else {
            emit unreadable(figures.error());
        }
        if (std::exchange(m_again, false))
            workOut();
    });
}

} // namespace cockpit
