#include "ui/recordwatch.h"

#include <algorithm>
#include <utility>

namespace cockpit {

namespace {

// As many ticks without a tick: the computer slept. A busy window misses one or two.
constexpr int kSleptTicks = 4;

} // namespace

RecordWatch::RecordWatch(RecordWatchPace pace, DueTime dueTime, Begin begin)
    : m_pace(std::move(pace)), m_dueTime(std::move(dueTime)), m_begin(std::move(begin))
{
    m_timer.setInterval(m_pace.tick);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { lookAtTheClock(); });
}

void RecordWatch::start()
{
    m_lastTick = m_pace.now();
    m_notBefore = m_lastTick.addMSecs(m_pace.settle.count());
    m_tried = {};
    m_timer.start();
}

void RecordWatch::stop()
{
    m_timer.stop();
    m_tried = {};
}

QDateTime RecordWatch::next() const
{
    if (!m_timer.isActive())
        return {};
    const QDateTime due = m_dueTime(m_tried, m_pace.now());
    return due.isValid() ? std::max(due, m_notBefore) : due;
}

void RecordWatch::lookAtTheClock()
{
    const QDateTime now = m_pace.now();
    const bool hasSlept = m_lastTick.msecsTo(now) > kSleptTicks * m_pace.tick.count();
    const bool wasSetBack = now < m_lastTick;
    if (hasSlept || wasSetBack)
        m_notBefore = now.addMSecs(m_pace.settle.count());
    if (wasSetBack)
        m_tried = {}; // by a clock that was wrong
    m_lastTick = now;
    const QDateTime due = m_dueTime(m_tried, now);
    if (!m_timer.isActive() || !due.isValid() || now < due || now < m_notBefore || !m_begin())
        return;
    m_tried = now;
    m_notBefore = now.addMSecs(m_pace.settle.count());
}

} // namespace cockpit
