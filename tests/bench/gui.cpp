// The longest time between two turns of the GUI thread's event loop while a full run streams into the real window.
#include "app/composition.h"
#include "app/keychain.h"
#include "app/practice/practicecompany.h"
#include "app/sessionservices.h"
#include "app/translators.h"
#include "ui/mainwindow.h"
#include "ui/session.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr size_t kLongestShown = 5;

double cpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// Asks for a turn each millisecond, and sleeps in between as a window does: who never sleeps has used up its turns when
// something comes. Beside the time on the clock it takes what the thread worked: on a busy machine a gap may be nothing
// but waiting for a processor.
class TurnClock : public QObject
{
public:
    TurnClock()
    {
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_gaps.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
            m_work.push_back(cpuMs() - m_workedBefore);
            m_workedBefore = cpuMs();
            m_clock.start();
        });
    }

    void start()
    {
        m_gaps.clear();
        m_work.clear();
        m_workedBefore = cpuMs();
        m_clock.start();
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.start(1);
    }

    void print(const char *phase)
    {
        m_timer.stop();
        std::printf("  %-20s %zu turns; aim: 50 ms or less\n", phase, m_gaps.size());
        printLongest("longest gap", m_gaps);
        printLongest("longest work", m_work);
    }

private:
    static void printLongest(const char *what, std::vector<double> &times)
    {
        std::ranges::sort(times, std::ranges::greater());
        std::printf("  %-20s %6.1f ms   the next ones:", what, times.empty() ? 0.0 : times.front());
        for (size_t i = 1; i < std::min(kLongestShown, times.size()); ++i)
            std::printf(" %.1f", times[i]);
        std::printf("\n");
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_workedBefore = 0;
    std::vector<double> m_gaps;
    std::vector<double> m_work;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    installTranslators(u"en"_s);
    const auto composition = compose(u"en"_s);
    const auto company = PracticeCompany::start({.besideWindow = true});
    if (!composition || !company) {
        std::fprintf(stderr, "the practice company could not be opened\n");
        return 1;
    }
    SessionCredentialStore credentials;
    Theme theme(application, ThemeChoice::Light);
    Session session(sessionServices(*composition, (*company)->netOptions(), credentials));
    MainWindow window(session, theme, AppSettings());
    const QTemporaryDir folder;
    TurnClock turns;
    QObject::connect(&session, &Session::projectOpened, &application, [&] {
        session.setRoutes((*company)->project().routes);
        QTimer::singleShot(500, &session, &Session::runAll); // the page itself is another figure
    });
    QObject::connect(&session, &Session::runStarted, &turns, [&] { turns.start(); });
    QObject::connect(&session, &Session::runFinished, &application, [&] {
        QTimer::singleShot(500, &application, [&] { // what the last results cause belongs to the run
            turns.print("while a run streams");
            QCoreApplication::quit();
        });
    });
    window.show();
    session.createProject(folder.filePath(u"acme.cockpit"_s), (*company)->settings());
    return QApplication::exec();
}
