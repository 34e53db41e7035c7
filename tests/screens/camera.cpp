#include "tests/screens/camera.h"

#include "ui/shell/projectview.h"
#include "ui/start/startpage.h"
#include "ui/widgets/page.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QLineEdit>
#include <QTimer>

#include <cstdio>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 60s;
constexpr int kSamplesWanted = 24; // enough for a p95

SessionServices servicesOf(const Composition &composition, const PracticeCompany &company, CredentialStore &credentials)
{
    return {.run = composition.runServices(),
            .net = company.netOptions(),
            .roadmaps = composition.roadmaps,
            .credentials = &credentials,
            .takeSample = composition.takeSample,
            .language = u"en"_s,
            .toolVersion = composition.toolVersion};
}

// Lets what is on its way arrive: workers' answers, layouts, paint events.
void turnEventLoop(std::chrono::milliseconds duration)
{
    QEventLoop loop;
    QTimer::singleShot(duration, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

Camera::Camera(const Composition &composition, PracticeCompany &company, Theme &theme, const QString &folder,
               QSize size)
    : m_company(company),
      m_folder(folder),
      m_session(servicesOf(composition, company, m_credentials)),
      m_window(m_session, theme, AppSettings())
{
    QDir().mkpath(folder);
    m_window.resize(size);
    m_window.show();
}

bool Camera::waitUntil(const char *what, const std::function<bool()> &reached)
{
    const QDeadlineTimer deadline(kPatience);
    while (!reached()) {
        if (deadline.hasExpired()) {
            std::fprintf(stderr, "not reached: %s\n", what);
            return false;
        }
        turnEventLoop(20ms);
    }
    return true;
}

void Camera::shoot(const QString &name)
{
    turnEventLoop(150ms);
    m_window.grab().save(m_folder.filePath(name + u".png"_s));
}

void Camera::shootPages(const QString &suffix)
{
    for (const QString &id : m_window.projectView()->pageIds()) {
        m_window.showPage(id);
        // The worst result of a stage is what a founder looks at first.
        if (auto *results = m_window.projectView()->page(id)->findChild<QAbstractItemView *>(u"results"_s)) {
            turnEventLoop(50ms);
            if (results->model()->rowCount() > 0)
                results->setCurrentIndex(results->model()->index(0, 0));
        }
        if (id == pages::kHandover)
            turnEventLoop(2s); // the preview is drawn by a worker
        shoot(id + suffix);
    }
}

bool Camera::shootStart()
{
    shoot(u"start"_s);
    auto *address = m_window.startPage()->findChild<QLineEdit *>(u"address"_s);
    if (address) {
        address->setText(u"someone@acme-ops.example"_s);
        shoot(u"start-wrong-address"_s);
        address->clear();
    }
    m_window.openProject(m_scratch.filePath(u"missing.cockpit"_s));
    turnEventLoop(500ms);
    shoot(u"start-no-such-file"_s);
    return true;
}

bool Camera::shootFirstLook()
{
    m_session.createProject(m_scratch.filePath(u"practice.cockpit"_s), m_company.settings());
    if (!waitUntil("the project is open", [this] { return m_session.isOpen(); }))
        return false;
    m_session.setRoutes(m_company.routes());
    shootPages(u"-empty"_s);
    m_window.showPage(pages::stage(1));
    m_session.runAll();
    if (!waitUntil("half of the checks are done",
                   [this] { return m_session.progress().done * 2 > m_session.progress().total; }))
        return false;
    shoot(u"stage-1-running"_s);
    return waitUntil("the run has ended", [this] { return !m_session.isRunning(); });
}

bool Camera::shootWithSamples()
{
    Monitor home;
    home.name = u"Homepage"_s;
    home.url = u"https://%1/"_s.arg(m_session.project().settings.target.domain);
    home.interval = 1s;
    m_session.setMonitors({home});
    int samples = 0;
    QObject counter; // samples go on coming after this function
    QObject::connect(&m_session, &Session::sampleAdded, &counter, [&samples] { ++samples; });
    if (!waitUntil("the monitor has its samples", [&samples] { return samples >= kSamplesWanted; }))
        return false;
    shootPages(QString());
    return true;
}

bool Camera::shootPresent()
{
    m_window.showPresent();
    shoot(u"present"_s);
    return true;
}

bool Camera::shootEverything()
{
    return shootStart() && shootFirstLook() && shootWithSamples() && shootPresent();
}

} // namespace cockpit
