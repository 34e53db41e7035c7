#include "app/desk.h"

#include "ui/mainwindow.h"
#include "ui/session.h"

#include <QSettings>

namespace cockpit {

using namespace Qt::StringLiterals;

Desk::Desk(const Composition &composition, const NetOptions &net, Theme &theme, CredentialStore &credentials,
           std::unique_ptr<PracticeCompany> practice)
    : m_practice(std::move(practice))
{
    m_session = std::make_unique<Session>(SessionServices{.run = composition.runServices(),
                                                          .net = m_practice ? m_practice->netOptions(net) : net,
                                                          .roadmaps = composition.roadmaps,
                                                          .credentials = &credentials,
                                                          .takeSample = composition.takeSample,
                                                          .language = composition.language,
                                                          .toolVersion = composition.toolVersion});
    if (m_practice) {
        // Before the window is connected: its first look must know the routes.
        connect(m_session.get(), &Session::projectOpened, this, [this] { m_session->setRoutes(m_practice->routes()); });
    }
    QSettings stored;
    m_window = std::make_unique<MainWindow>(*m_session, theme, loadSettings(stored));
    m_window->setLanguages({{u"en"_s, u"English"_s}});
    connect(m_window.get(), &MainWindow::settingsChanged, this, [](const AppSettings &settings) {
        QSettings kept;
        saveSettings(settings, kept);
    });
    connect(m_window.get(), &MainWindow::practiceRequested, this, &Desk::practiceRequested);
}

Desk::~Desk() = default;

void Desk::show()
{
    m_window->show();
    if (m_practice)
        openPractice();
}

void Desk::close()
{
    m_window->close();
}

void Desk::openProject(const QString &path)
{
    m_window->openProject(path);
}

void Desk::openPractice()
{
    m_window->lookWhenOpen();
    m_session->createProject(m_practiceFolder.filePath(u"acme-ops.cockpit"_s), m_practice->settings());
}

} // namespace cockpit
