// What the tests of the main window share: a window over services that the test writes.
#pragma once

#include "fakeproject.h"
#include "ui/mainwindow.h"
#include "ui/present/presentview.h"
#include "ui/rail/railbutton.h"
#include "ui/shell/bottombar.h"
#include "ui/shell/projectview.h"
#include "ui/stage/answerdialog.h"
#include "ui/stage/decisiondialog.h"
#include "ui/stage/deliverabledialog.h"
#include "ui/stage/detail.h"
#include "ui/stage/findinghistory.h"
#include "ui/stage/stagepage.h"
#include "ui/start/startpage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/page.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/rowlist.h"

#include <algorithm>
#include <csignal>
#include <functional>
#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScopeGuard>
#include <QSettings>
#include <QTest>
#include <sys/resource.h>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace cockpit::testing;

// What one test needs, in the order in which it must go again.
struct Opened
{
    explicit Opened(
        FakeProject::Endless endless = FakeProject::Endless::No,
        const std::function<void(FakeProject &)> &prepare = [](FakeProject &) {})
        : fake(endless),
          theme(*qApp, ThemeChoice::Light),
          session((prepare(fake), fake.makeSession())),
          window(*session, theme, AppSettings{.lastFolder = QFileInfo(fake.path()).path()})
    {
    }

    void open()
    {
        QSignalSpy opened(session.get(), &Session::projectOpened);
        session->createProject(fake.path(), fake.settings());
        QTRY_COMPARE(opened.count(), 1);
        window.show();
    }

    void run()
    {
        QSignalSpy finished(session.get(), &Session::runFinished);
        session->runAll();
        QTRY_COMPARE(finished.count(), 1);
    }

    // The page of the first stage that asks for the check.
    QString stageOf(const char *checkId) const
    {
        for (const Stage &stage : session->roadmap().stages) {
            if (session->roadmap().checkIds(stage.number).contains(QString::fromLatin1(checkId)))
                return pages::stage(stage.number);
        }
        return {};
    }

    FakeProject fake;
    Theme theme;
    std::unique_ptr<Session> session;
    MainWindow window;
};

inline QAction *actionOf(const QWidget &window, const QString &name)
{
    return window.findChild<QAction *>(name);
}

} // namespace cockpit
