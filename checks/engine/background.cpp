#include "checks/engine/background.h"

#include <QThread>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

namespace cockpit {

void standBehindTheWindow()
{
#ifdef Q_OS_LINUX
    // On Linux QThread's priorities mean nothing to the ordinary scheduler, and niceness belongs to each thread: 0 is
    // the calling one. A run has dozens of workers, and the window's thread is one: it gets more than half of a
    // processor when each of them weighs a thirtieth of it, as they do at 15, and a tenth when they weigh a third.
    constexpr int kNice = 15;
    static thread_local const int done = setpriority(PRIO_PROCESS, 0, kNice);
    Q_UNUSED(done);
#else
    QThread::currentThread()->setPriority(QThread::LowPriority);
#endif
}

} // namespace cockpit
