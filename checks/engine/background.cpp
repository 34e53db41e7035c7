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
    // the calling one. A third of the window's weight is enough to be second, and too much to be starved.
    constexpr int kNice = 5;
    static thread_local const int done = setpriority(PRIO_PROCESS, 0, kNice);
    Q_UNUSED(done);
#else
    QThread::currentThread()->setPriority(QThread::LowPriority);
#endif
}

} // namespace cockpit
