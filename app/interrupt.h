// SIGINT and SIGTERM as a Qt signal. The first one asks to stop in an orderly way; the second one ends the program at
// once.
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace cockpit {

// One at a time. Lives on the main thread.
class InterruptWatcher : public QObject
{
    Q_OBJECT

public:
    explicit InterruptWatcher(QObject *parent = nullptr);
    ~InterruptWatcher() override; // gives the signals back to the system

signals:
    void interrupted(int signalNumber);

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace cockpit
