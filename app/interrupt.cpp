#include "app/interrupt.h"

#include <csignal>
#include <unistd.h>

namespace cockpit {

namespace {

constexpr int kReadEnd = 0;
constexpr int kWriteEnd = 1;

// A signal handler may call write() and little else (signal-safety(7)), so the news travels through a pipe.
int g_pipe[2] = {-1, -1};

extern "C" void onSignal(int number)
{
    const auto byte = static_cast<unsigned char>(number);
    // Nothing can be done here when the pipe is full; then the news is already in it.
    [[maybe_unused]] const ssize_t written = write(g_pipe[kWriteEnd], &byte, 1);
}

void handle(int number)
{
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND); // the second one ends the program
    sigaction(number, &action, nullptr);
}

} // namespace

InterruptWatcher::InterruptWatcher(QObject *parent) : QObject(parent)
{
    if (pipe(g_pipe) != 0)
        return; // then signals end the program at once, as they do without us
    m_notifier = std::make_unique<QSocketNotifier>(g_pipe[kReadEnd], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        unsigned char number = 0;
        if (read(g_pipe[kReadEnd], &number, 1) == 1)
            emit interrupted(number);
    });
    handle(SIGINT);
    handle(SIGTERM);
}

InterruptWatcher::~InterruptWatcher()
{
    if (!m_notifier)
        return;
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    m_notifier.reset();
    close(g_pipe[kReadEnd]);
    close(g_pipe[kWriteEnd]);
}

} // namespace cockpit
