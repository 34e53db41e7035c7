#include "ui/mainwindow.h"

#include "ui/present/presentview.h"
#include "ui/session.h"
#include "ui/shell/leaveguard.h"
#include "ui/shell/projectview.h"
#include "ui/shell/topbar.h"
#include "ui/start/addressfield.h"
#include "ui/start/startpage.h"
#include "ui/widgets/page.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScreen>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {
constexpr QSize kUsualSize(1440, 900);
constexpr QSize kSmallestSize(720, 480);
} // namespace

MainWindow::MainWindow(Session &session, Theme &theme, const AppSettings &settings, QWidget *parent)
    : QMainWindow(parent),
      m_session(session),
      m_theme(theme),
      m_settings(settings),
      m_languages(new QMenu(this)),
      m_menu(new QMenu(this)),
      m_guard(new LeaveGuard(session, this))
{
    setObjectName(u"mainWindow"_s);
    build();
    createMenus();
    createShortcuts();
    bindBars();
    bindSession();
    if (session.isOpen())
        showProject();
    else
        showStart();
}

MainWindow::~MainWindow() = default;

// From the outside in: a widget that moves to another parent takes all its children through the style sheet again.
void MainWindow::build()
{
    m_outer = new QStackedWidget(this);
    auto *shell = new QWidget(m_outer);
    m_outer->addWidget(shell);
    m_top = new TopBar(m_session, shell);
    m_inner = new QStackedWidget(shell);
    m_start = new StartPage(m_session.roadmaps(), m_inner);
    auto *column = new QVBoxLayout(shell);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_top);
    column->addWidget(m_inner, 1);
    m_inner->addWidget(m_start);
    m_start->setRecent(m_settings.recent);
    setCentralWidget(m_outer);
    setMinimumSize(kSmallestSize);
    if (!restoreGeometry(m_settings.windowGeometry))
        resize(kUsualSize.boundedTo(screen()->availableSize()));
}

void MainWindow::bindBars()
{
    connect(m_top, &TopBar::homeRequested, this, &MainWindow::showStart);
    connect(m_top, &TopBar::presentRequested, this, &MainWindow::showPresent);
    connect(m_top, &TopBar::addressesRequested, this, [this] { showPage(pages::kAddresses); });
    connect(m_top, &TopBar::credentialsRequested, this, [this] { showPage(pages::kCredentials); });
    connect(m_top, &TopBar::runRequested, &m_session, &Session::runAll);
    connect(m_top, &TopBar::stopRequested, &m_session, &Session::stopRun);
    connect(m_start, &StartPage::startRequested, this, &MainWindow::startProject);
    connect(m_start, &StartPage::openRequested, this, &MainWindow::openProject);
    connect(m_start, &StartPage::browseRequested, this, &MainWindow::browse);
    connect(m_start, &StartPage::lookRequested, this, &MainWindow::lookAtProject);
    connect(m_start, &StartPage::practiceRequested, this,
            [this] { m_guard->leave([this] { emit practiceRequested(); }); });
}

void MainWindow::bindSession()
{
    connect(&m_session, &Session::projectOpened, this, [this] {
        m_start->setBusy(false);
        showProject();
        rememberProject();
        if (std::exchange(m_lookWhenOpen, false))
            m_session.runAll();
    });
    connect(&m_session, &Session::openFailed, this, [this](const Error &error, const QString &readable) {
        m_lookWhenOpen = false;
        showStart();
        m_start->showError(error, readable);
    });
    connect(&m_session, &Session::projectClosed, this, &MainWindow::showStart);
    connect(&m_session, &Session::runFinished, this, &MainWindow::rememberProject);
    connect(&m_session, &Session::settingsChanged, this, [this] {
        applyTitle();
        rememberProject();
    });
}

void MainWindow::openProject(const QString &path)
{
    if (m_session.isOpen() && m_session.path() == path) {
        showProject();
        return;
    }
    m_guard->leave([this, path] {
        m_start->setBusy(true);
        m_session.openProject(path, OpenMode::ReadWrite);
    });
}

void MainWindow::lookAtProject(const QString &path)
{
    m_guard->leave([this, path] {
        m_start->setBusy(true);
        m_session.openProject(path, OpenMode::ReadOnly);
    });
}

void MainWindow::closeProject()
{
    m_guard->leave([this] { m_session.closeProject(); });
}

void MainWindow::startProject(const Target &target, const QString &roadmapId)
{
    ProjectSettings settings;
    settings.name = displayName(target.domain);
    settings.target = target;
    settings.roadmapId = roadmapId;
    m_guard->leave([this, settings] {
        m_start->setBusy(true);
        m_lookWhenOpen = true;
        m_session.createProjectIn(projectsFolder(), settings.target.domain, settings);
    });
}

QString MainWindow::projectsFolder() const
{
    return m_settings.lastFolder.isEmpty()
               ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + "/Launch Cockpit"_L1
               : m_settings.lastFolder;
}

void MainWindow::showStart()
{
    if (m_session.isOpen())
        rememberProject();
    m_outer->setCurrentIndex(0);
    m_inner->setCurrentWidget(m_start);
    m_top->setShowsProject(false);
    m_start->address()->edit()->setFocus(); // the one clear next action
    applyTitle();
}

void MainWindow::showProject()
{
    if (!m_project) {
        m_project = new ProjectView({m_session, m_settings}, m_inner);
        connect(m_project, &ProjectView::startRequested, this, &MainWindow::showStart);
        m_inner->addWidget(m_project);
    }
    fillProductMenu();
    m_outer->setCurrentIndex(0);
    m_inner->setCurrentWidget(m_project);
    m_top->setShowsProject(true);
    applyTitle();
}

void MainWindow::showPage(const QString &pageId)
{
    if (!m_session.isOpen())
        return;
    showProject();
    m_project->openPage(pageId);
}

void MainWindow::showPresent()
{
    if (!m_session.isOpen())
        return;
    if (!m_present) {
        m_present = new PresentView(m_session, m_outer);
        connect(m_present, &PresentView::left, this, &MainWindow::showProject);
        m_outer->addWidget(m_present);
    }
    m_outer->setCurrentWidget(m_present);
    m_present->start();
}

QString MainWindow::currentPageId() const
{
    if (m_present && m_outer->currentWidget() == m_present)
        return u"present"_s;
    return m_project && m_inner->currentWidget() == m_project ? m_project->currentPageId() : QString(pages::kStart);
}

void MainWindow::browse()
{
    auto *dialog =
        new QFileDialog(this, tr("Open a project"), m_settings.lastFolder, tr("Launch Cockpit projects (*.cockpit)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_settings.lastFolder = QFileInfo(path).absolutePath();
        emit settingsChanged(m_settings);
        openProject(path);
    });
    dialog->open();
}

void MainWindow::rememberProject()
{
    if (!m_session.isOpen())
        return;
    if (!m_forgetfulFolder.isEmpty() && m_session.path().startsWith(m_forgetfulFolder + u'/'))
        return;
    const Verdict &verdict = m_session.verdict();
    m_settings.remember({.path = m_session.path(),
                         .name = m_session.project().settings.name,
                         .verdict = verdict.nothingLookedAt ? std::nullopt : std::optional(verdict.decision),
                         .blockers = verdict.blockers,
                         .lastOpened = QDateTime::currentDateTimeUtc()});
    m_start->setRecent(m_settings.recent);
    emit settingsChanged(m_settings);
}

void MainWindow::applyTitle()
{
    const bool inProject = m_session.isOpen() && m_inner->currentWidget() == m_project;
    setWindowTitle(inProject ? tr("%1 – Launch Cockpit").arg(m_session.project().settings.name) : tr("Launch Cockpit"));
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_session.isRunning()) {
        m_session.stopRun();
        return;
    }
    QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_isLeaving && !m_guard->isClear()) {
        event->ignore();
        m_guard->leave([this] {
            m_isLeaving = true;
            close();
        });
        return;
    }
    m_settings.windowGeometry = saveGeometry();
    rememberProject();
    emit settingsChanged(m_settings);
    QMainWindow::closeEvent(event);
}

} // namespace cockpit
