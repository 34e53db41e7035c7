// Watches the project's monitors while the program is open: schedules, samples in workers, reports to its owner's
// thread.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/monitoring.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace cockpit {

// Takes one sample of one monitor; runs on a worker, bounded by the token and the options' timeouts.
using SampleTaker = std::function<Sample(const Monitor &, const NetOptions &, const CancelToken &)>;

class MonitorService : public QObject
{
    Q_OBJECT

public:
    explicit MonitorService(SampleTaker taker, QObject *parent = nullptr);
    ~MonitorService() override; // stops and waits

    void setOptions(const NetOptions &options);
    // Starts, changes and stops schedules so that exactly these are watched. First samples are spread by a jitter that
    // the monitor's id decides, within the first second.
    void setMonitors(const std::vector<Monitor> &monitors);
    void sampleNow(qint64 monitorId);
    void stop();

signals:
    void sampleReady(const cockpit::Sample &sample);

private:
    struct Schedule
    {
        Monitor monitor;
        std::unique_ptr<QTimer> timer;
        bool inFlight = false;
    };

    void take(qint64 monitorId);
    void deliver(const Sample &sample, const Monitor &asked);

    SampleTaker m_taker;
    NetOptions m_options;
    CancelToken m_token;
    QThreadPool m_pool;
    std::map<qint64, Schedule> m_schedules;
};

} // namespace cockpit

Q_DECLARE_METATYPE(cockpit::Sample)
