// Linked into a program with a window: prints when its first window was painted, on the clock of the machine, and ends
// it. With BENCH_IDLE set it waits until nothing happens any more and prints the memory in use instead.
#include <QApplication>
#include <QFile>
#include <QTimer>
#include <QWidget>

#include <cstdio>
#include <ctime>

namespace {

constexpr int kUntilIdleMs = 3000;

void printTime()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    std::printf("painted %lld.%09ld\n", static_cast<long long>(now.tv_sec), now.tv_nsec);
}

void printMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:") || line.startsWith("RssAnon:"))
            std::printf("%s\n", line.simplified().constData());
    }
}

class FirstPaint : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (event->type() == QEvent::Paint && widget && widget->isWindow() && !m_painted) {
            m_painted = true;
            // After this turn the whole window has been painted and flushed.
            if (qEnvironmentVariableIsSet("BENCH_IDLE"))
                QTimer::singleShot(kUntilIdleMs, this, [] { end(&printMemory); });
            else
                QMetaObject::invokeMethod(
                    this, [] { end(&printTime); }, Qt::QueuedConnection);
        }
        return false;
    }

private:
    static void end(void (*print)())
    {
        print();
        std::fflush(stdout);
        std::_Exit(0);
    }

    bool m_painted = false;
};

void watchFirstPaint()
{
    qApp->installEventFilter(new FirstPaint(qApp));
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(watchFirstPaint)
