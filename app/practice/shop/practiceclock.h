// The time of a practice server: a test can put it forward instead of waiting an hour.
#pragma once

#include <QDateTime>

#include <atomic>
#include <chrono>

namespace cockpit {

class PracticeClock // any thread
{
public:
    QDateTime now() const { return QDateTime::currentDateTimeUtc().addMSecs(m_ahead.load()); }
    qint64 seconds() const { return now().toSecsSinceEpoch(); }
    void advance(std::chrono::milliseconds by) { m_ahead += by.count(); }
    void reset() { m_ahead = 0; }

private:
    std::atomic<qint64> m_ahead{0}; // milliseconds
};

} // namespace cockpit
