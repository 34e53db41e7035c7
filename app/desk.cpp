#include "app/desk.h"

#include "app/sessionservices.h"
#include "models/freedmemory.h"
#include "ui/mainwindow.h"
#include "ui/session.h"
#include "ui/start/startpage.h"

#include <QDir>
#include <QFuture>
#include <QSettings>
#include <QtConcurrent>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

auto startPractice()
{
    return std::make_shared<Result<std::unique_ptr<PracticeCompany>>>(PracticeCompany::start({.besideWindow = true}));
}

Error noPracticeFolder()
{
    const QString place = QDir::tempPath().isEmpty() ? qEnvironmentVariable("TMPDIR") : QDir::tempPath();
    return {ErrorKind::Storage,
            Desk::tr("The practice company needs a temporary folder, and none could be made in %1. Free some space "
                     "there, or see that you may write to it, then start this program again.")
                .arg(QDir::toNativeSeparators(place))};
}

} // namespace

Desk::Desk(const Composition &composition, const NetOptions &net, Theme &theme, CredentialStore &credentials)
    : m_net(net),
      m_credentials(
          credentials,
          [this](const QString &entry) { return m_practice ? m_practice->secretOf(entry) : std::optional<Secret>(); }),
      m_session(std::make_unique<Session>(sessionServices(composition, net, m_credentials)))
{
    // Before the window is connected: its first look must know the product. Opened again, the project has what the
    // person made of it.
    connect(m_session.get(), &Session::projectOpened, this, [this] {
        if (m_practice && isPractice(m_session->path()) && m_session->project().routes.empty())
            tellPractice();
    });
    // Pasted texts and values of accounts went through this thread.
    connect(m_session.get(), &Session::runFinished, this, [] { wipeWhatThisThreadLeft(); });
    QSettings stored;
    m_known = loadSettings(stored);
    m_window = std::make_unique<MainWindow>(*m_session, theme, m_known);
    m_window->setLanguages({{u"en"_s, u"English"_s}});
    m_window->doNotRemember(m_practiceFolder.path());
    connect(m_window.get(), &MainWindow::settingsChanged, this, &Desk::keepSettings);
    connect(&m_starting, &QFutureWatcherBase::finished, this, &Desk::takePractice);
    connect(m_window.get(), &MainWindow::practiceRequested, this, &Desk::openPractice);
}

Desk::~Desk()
{
    m_starting.waitForFinished();
}

// Another window may have kept something meanwhile.
void Desk::keepSettings(const AppSettings &settings)
{
    QSettings kept;
    saveSettings(merged(m_known, settings, loadSettings(kept)), kept);
    m_known = settings;
}

bool Desk::isPractice(const QString &path) const
{
    return m_practiceFolder.isReady() && path.startsWith(m_practiceFolder.path() + u'/');
}

// What its founder would have typed in. The company itself allows the active tests: it runs in this program, and is
// there to be attacked.
void Desk::tellPractice()
{
    const ProjectState known = m_practice->project();
    m_session->setSources(known.sources);
    m_session->setRoutes(known.routes);
    m_session->setSamples(known.samples);
    m_session->setCredentials(known.credentials);
    m_session->setActors(known.actors);
    m_session->setAccessRules(known.accessRules);
    m_session->setActiveBudget(known.permission.budget);
    m_session->agree(known.settings.name);
}

void Desk::show()
{
    m_window->show();
}

void Desk::openProject(const QString &path)
{
    m_window->openProject(path);
}

void Desk::openPractice()
{
    if (!m_practiceFolder.isReady()) {
        m_window->startPage()->showError(noPracticeFolder());
        return;
    }
    m_window->startPage()->setBusy(true);
    if (m_practice) {
        lookAtPractice();
        return;
    }
    if (!m_starting.isRunning())
        m_starting.setFuture(QtConcurrent::run(startPractice));
}

void Desk::takePractice()
{
    const Started started = m_starting.result();
    if (!*started) {
        m_window->startPage()->showError(started->error());
        return;
    }
    m_practice = std::move(**started);
    lookAtPractice();
}

void Desk::lookAtPractice()
{
    m_window->lookWhenOpen();
    const ProjectSettings settings = m_practice->settings();
    m_session->createProjectIn(m_practiceFolder.path(), settings.target.domain, settings,
                               m_practice->netOptions(m_net));
}

} // namespace cockpit
