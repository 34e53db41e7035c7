// MainWindow's menus and shortcuts.
#include "ui/mainwindow.h"
#include "ui/session.h"
#include "ui/shell/projectview.h"
#include "ui/shell/topbar.h"
#include "ui/widgets/page.h"

#include <QActionGroup>
#include <QMenu>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kStages = 7;

QString labelOf(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return MainWindow::tr("Like the system");
    case ThemeChoice::Light:
        return MainWindow::tr("Light");
    case ThemeChoice::Dark:
        return MainWindow::tr("Dark");
    }
    Q_UNREACHABLE();
}

} // namespace

void MainWindow::createMenus()
{
    m_menu->setObjectName(u"settings"_s);
    m_menu->addMenu(makeThemeMenu());
    m_products = m_menu->addMenu(tr("Kind of product"));
    m_products->setObjectName(u"products"_s);
    m_menu->addSeparator();
    m_menu->addAction(tr("Open a project file…"), QKeySequence(QKeySequence::Open), this, &MainWindow::browse);
    m_close = m_menu->addAction(tr("Close the project"), this, &MainWindow::closeProject);
    m_close->setObjectName(u"closeProject"_s);
    connect(m_menu, &QMenu::aboutToShow, this, [this] {
        m_products->setEnabled(m_session.isOpen() && !m_session.isReadOnly());
        m_close->setEnabled(m_session.isOpen());
    });
    m_top->setMenus(m_languages, m_menu);
}

QMenu *MainWindow::makeThemeMenu()
{
    auto *menu = new QMenu(tr("Light or dark"), this);
    menu->setObjectName(u"themes"_s);
    auto *group = new QActionGroup(menu);
    for (const auto choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark}) {
        QAction *action = menu->addAction(labelOf(choice));
        action->setCheckable(true);
        action->setChecked(choice == m_theme.choice());
        action->setActionGroup(group);
        connect(action, &QAction::triggered, this, [this, choice] {
            m_theme.setChoice(choice);
            m_settings.theme = choice;
            emit settingsChanged(m_settings);
        });
    }
    return menu;
}

void MainWindow::fillProductMenu()
{
    m_products->clear();
    auto *group = new QActionGroup(m_products);
    for (const Roadmap &roadmap : m_session.roadmaps()) {
        QAction *action = m_products->addAction(tr("%1, %2").arg(roadmap.product, roadmap.phase));
        action->setCheckable(true);
        action->setChecked(roadmap.id == m_session.roadmap().id);
        action->setActionGroup(group);
        connect(action, &QAction::triggered, this, [this, id = roadmap.id] { m_session.setRoadmap(id); });
    }
}

void MainWindow::setLanguages(const std::vector<LanguageChoice> &languages)
{
    m_languages->clear();
    auto *group = new QActionGroup(m_languages);
    for (const LanguageChoice &language : languages) {
        QAction *action = m_languages->addAction(language.name);
        action->setCheckable(true);
        action->setChecked(m_session.language().startsWith(language.code));
        action->setActionGroup(group);
        connect(action, &QAction::triggered, this, [this, code = language.code] {
            m_settings.language = code;
            emit settingsChanged(m_settings);
            emit languageChosen(code);
        });
    }
}

void MainWindow::shortcut(const QKeySequence &keys, std::function<void()> act)
{
    auto *made = new QShortcut(keys, this);
    connect(made, &QShortcut::activated, this, std::move(act));
}

void MainWindow::createShortcuts()
{
    shortcut(QKeySequence(u"Ctrl+R"_s), [this] { m_session.runAll(); });
    shortcut(QKeySequence(u"Ctrl+."_s), [this] { m_session.stopRun(); });
    shortcut(QKeySequence(u"F5"_s), [this] { showPresent(); });
    shortcut(QKeySequence(u"Alt+Home"_s), [this] { showStart(); });
    shortcut(QKeySequence(u"Alt+Left"_s), [this] {
        if (m_project && m_session.isOpen())
            m_project->goBack();
    });
    shortcut(QKeySequence(u"Alt+Right"_s), [this] {
        if (m_project && m_session.isOpen())
            m_project->goNext();
    });
    for (int number = 1; number <= kStages; ++number)
        shortcut(QKeySequence(u"Ctrl+%1"_s.arg(number)), [this, number] { showPage(pages::stage(number)); });
}

} // namespace cockpit
