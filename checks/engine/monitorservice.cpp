#include "checks/engine/monitorservice.h"

#include "models/redactor.h"

#include <QThread>

#include <algorithm>
#include <exception>
#include <utility>

namespace cockpit {

namespace {

constexpr int kMonitorWorkers = 4;
constexpr qint64 kJitterMs = 1000;
constexpr qint64 kJitterStepMs = 137; // spreads neighbouring ids over the second

// A library that throws makes one sample fail, not the program.
Sample sampleFrom(const SampleTaker &taker, const Monitor &monitor, const NetOptions &options, const CancelToken &token)
{
    try {
        return taker(monitor, options, token);
    } catch (const std::exception &) {
        Sample failed;
        failed.monitorId = monitor.id;
        failed.at = QDateTime::currentDateTimeUtc();
        failed.state = SampleState::Unknown;
        failed.message = MonitorService::tr("Taking this sample broke down. Please report it.");
        return failed;
    }
}

} // namespace

MonitorService::MonitorService(SampleTaker taker, QObject *parent) : QObject(parent), m_taker(std::move(taker))
{
    m_pool.setMaxThreadCount(kMonitorWorkers);
}

MonitorService::~MonitorService()
{
    stop();
    m_pool.waitForDone();
}

void MonitorService::setOptions(const NetOptions &options)
{
    m_options = options;
}

void MonitorService::setMonitors(const std::vector<Monitor> &monitors)
{
    std::erase_if(m_schedules, [&](const auto &entry) {
        return std::ranges::none_of(monitors, [&](const Monitor &m) { return m.enabled && m == entry.second.monitor; });
    });
    for (const Monitor &monitor : monitors) {
        if (!monitor.enabled || m_schedules.contains(monitor.id))
            continue;
        Schedule &schedule = m_schedules[monitor.id];
        schedule.monitor = monitor;
        schedule.timer = std::make_unique<QTimer>();
        schedule.timer->setInterval(boundedInterval(monitor.interval));
        connect(schedule.timer.get(), &QTimer::timeout, this, [this, id = monitor.id] { take(id); });
        const auto jitter = std::chrono::milliseconds((monitor.id * kJitterStepMs) % kJitterMs);
        QTimer::singleShot(jitter, schedule.timer.get(), [this, id = monitor.id] {
            const auto it = m_schedules.find(id);
            if (it == m_schedules.end())
                return;
            it->second.timer->start();
            take(id);
        });
    }
}

void MonitorService::sampleNow(qint64 monitorId)
{
    take(monitorId);
}

void MonitorService::stop()
{
    m_token.cancel();
    m_token = CancelToken();
    m_schedules.clear();
}

void MonitorService::take(qint64 monitorId)
{
    const auto it = m_schedules.find(monitorId);
    if (it == m_schedules.end() || it->second.inFlight)
        return; // a sample that takes longer than the interval is not doubled
    it->second.inFlight = true;
    m_pool.start([this, monitor = it->second.monitor, options = m_options, token = m_token, taker = m_taker] {
        Sample sample = sampleFrom(taker, monitor, options, token);
        sample.message = redact(sample.message);
        QMetaObject::invokeMethod(
            this,
            [this, sample, monitor, token] {
                if (!token.isCancelled())
                    deliver(sample, monitor);
            },
            Qt::QueuedConnection);
    });
}

// What was asked under another address or interval is not about the monitor of that id any more.
void MonitorService::deliver(const Sample &sample, const Monitor &asked)
{
    const auto found = m_schedules.find(asked.id);
    if (found == m_schedules.end() || found->second.monitor != asked)
        return;
    found->second.inFlight = false;
    emit sampleReady(sample);
}

} // namespace cockpit
