// The window: the start page, an open project, or the presentation of one.
#pragma once

#include "ui/settings/appsettings.h"

#include <QMainWindow>

#include <functional>

class QActionGroup;
class QMenu;
class QStackedWidget;

namespace cockpit {

class LeaveGuard;
class PresentView;
class ProjectView;
class Session;
class StartPage;
class TopBar;
struct Target;

struct LanguageChoice
{
    QString code; // "en"
    QString name; // in its own language
};

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    // All outlive the window. Which settings to keep is told by settingsChanged().
    MainWindow(Session &session, Theme &theme, const AppSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    void setLanguages(const std::vector<LanguageChoice> &languages);
    void openProject(const QString &path);
    void lookAtProject(const QString &path); // for reading only
    // A new project in the projects folder; its first look starts as soon as it is open.
    void startProject(const Target &target, const QString &roadmapId);
    // The next project that opens is looked at at once (the practice company).
    void lookWhenOpen() { m_lookWhenOpen = true; }
    // Projects in this folder are not listed among the recent ones: it goes when the program ends.
    void doNotRemember(const QString &folder) { m_forgetfulFolder = folder; }

    void showStart();
    void showPage(const QString &pageId); // of the open project
    void showPresent();
    QString currentPageId() const; // "start", "present", or the project's page
    ProjectView *projectView() const { return m_project; }
    StartPage *startPage() const { return m_start; }

signals:
    void settingsChanged(const cockpit::AppSettings &settings);
    void practiceRequested();
    void languageChosen(const QString &code);

protected:
    void closeEvent(QCloseEvent *event) override;
    // Esc stops a running run; whoever has a better use for it (a dialog, an editor, the presentation) takes it first.
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void bindSession();
    void bindBars();
    void createShortcuts();
    void shortcut(const QKeySequence &keys, std::function<void()> act);
    void createMenus();
    QMenu *makeThemeMenu();
    void fillProductMenu();
    void showProject();
    void browse();
    void closeProject();
    void rememberProject();
    void applyTitle();
    QString projectsFolder() const;

    Session &m_session;
    Theme &m_theme;
    AppSettings m_settings;
    QStackedWidget *m_outer = nullptr; // the window with its bar, or the presentation alone
    QStackedWidget *m_inner = nullptr; // start page or project
    TopBar *m_top = nullptr;
    StartPage *m_start = nullptr;
    ProjectView *m_project = nullptr; // made when the first project opens
    PresentView *m_present = nullptr;
    QMenu *m_languages;
    QMenu *m_menu;
    QMenu *m_products = nullptr;
    QAction *m_close = nullptr;
    LeaveGuard *m_guard;
    bool m_isLeaving = false; // the guard let the window go
    bool m_lookWhenOpen = false;
    QString m_forgetfulFolder;
};

} // namespace cockpit
