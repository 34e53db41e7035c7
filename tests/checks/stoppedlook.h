// A look that is stopped while it is under way, for tests that it ends within a second.
#pragma once

#include "tests/checks/web/pages.h"

#include <QElapsedTimer>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace cockpit::lab {

// A look that was stopped from another thread.
struct StoppedLook
{
    Judged judged = {};
    bool wasStopped = false; // else it ended before it was under way
    std::chrono::milliseconds ended{0};

    QString problem() const
    {
        if (!wasStopped)
            return QStringLiteral("it ended before it was under way: ") + test::said(judged) + u' ' + judged.reason;
        return ended < std::chrono::seconds(1) ? QString() : QStringLiteral("it ended after %1 ms").arg(ended.count());
    }
};

// isUnderWay: asked until it says yes or the look is over, from a thread of its own; so is stop.
inline StoppedLook stoppedLook(const std::function<bool()> &isUnderWay, const std::function<void()> &stop,
                               const std::function<Judged()> &look)
{
    StoppedLook result;
    std::atomic_bool isOver = false;
    QElapsedTimer clock;
    std::thread stopper([&] {
        while (!isOver && !isUnderWay())
            std::this_thread::sleep_for(std::chrono::microseconds(200)); // a processor is left for the look
        if (isOver)
            return;
        result.wasStopped = true;
        clock.start();
        stop();
    });
    result.judged = look();
    isOver = true;
    stopper.join();
    if (result.wasStopped)
        result.ended = std::chrono::milliseconds(clock.elapsed());
    return result;
}

} // namespace cockpit::lab
