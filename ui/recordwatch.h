// Looks at the clock while a project is open, and begins a look at the accepted DNS records when one is due.
#pragma once

#include <QDateTime>
#include <QTimer>

#include <chrono>
#include <functional>

namespace cockpit {

// How time passes; tests have a clock of their own.
struct RecordWatchPace
{
    std::function<QDateTime()> now = [] { return QDateTime::currentDateTimeUtc(); };
    // A timer of an hour stands still while the computer sleeps, so the clock is looked at this often.
    std::chrono::milliseconds tick{15000};
    // After opening a project, and after waking: the network comes back first. Also the least pause between two looks.
    std::chrono::milliseconds settle{60000};
};

// Lives on the GUI thread; nothing here waits.
class RecordWatch
{
public:
    // tried: when a look was last begun. The answer is when the next is due; null for never.
    using DueTime = std::function<QDateTime(const QDateTime &tried, const QDateTime &now)>;
    using Begin = std::function<bool()>; // false: not now (something else is going on); it is asked again

    RecordWatch(RecordWatchPace pace, DueTime dueTime, Begin begin);

    void start();
    void stop();
    // When the next look is due; null while stopped, and when there is none.
    QDateTime next() const;
    // What the timer does.
    void lookAtTheClock();

private:
    RecordWatchPace m_pace;
    DueTime m_dueTime;
    Begin m_begin;
    QTimer m_timer;
    QDateTime m_lastTick;
    QDateTime m_notBefore;
    QDateTime m_tried;
};

} // namespace cockpit
