// Draws the pages off screen into PNG files, for people who compare them with the pictures of the design:
//     grab_screens FOLDER [light|dark] [WIDTH HEIGHT]
#include "fakeproject.h"
#include "ui/mainwindow.h"
#include "ui/shell/projectview.h"
#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QEventLoop>
#include <QLineEdit>
#include <QTimer>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

template<typename Signal>
void waitFor(Session &session, Signal signal)
{
    QEventLoop loop;
    QObject::connect(&session, signal, &loop, &QEventLoop::quit);
    QTimer::singleShot(10000, &loop, &QEventLoop::quit);
    loop.exec();
}

void save(MainWindow &window, const QDir &folder, const QString &name)
{
    QEventLoop settle; // one turn for delayed layouts
    QTimer::singleShot(100, &settle, &QEventLoop::quit);
    settle.exec();
    window.grab().save(folder.filePath(name + ".png"_L1));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const QDir folder(arguments.value(1, u"."_s));
    folder.mkpath(u"."_s);
    Theme theme(application, themeChoiceFromWord(arguments.value(2, u"light"_s)));
    FakeProject fake;
    const auto session = fake.makeSession();
    AppSettings settings;
    settings.remember({u"/a"_s, u"Northwind Portal"_s, VerdictDecision::Go, 0, QDateTime::currentDateTime()});
    settings.remember({u"/b"_s, u"Acme Ops"_s, VerdictDecision::NoGo, 2, QDateTime::currentDateTime()});
    MainWindow window(*session, theme, settings);
    window.setLanguages({{u"en"_s, u"English"_s}});
    window.resize(arguments.value(3, u"1440"_s).toInt(), arguments.value(4, u"900"_s).toInt());
    window.show();
    window.findChild<QLineEdit *>(u"address"_s)->setText(u"acme-ops.example"_s);
    save(window, folder, u"start"_s);
    session->createProject(fake.path(), fake.settings());
    waitFor(*session, &Session::projectOpened);
    save(window, folder, u"stage-empty"_s);
    session->runAll();
    waitFor(*session, &Session::runFinished);
    for (const QString &id : window.projectView()->pageIds()) {
        window.showPage(id);
        save(window, folder, id);
    }
    window.showPage(pages::stage(1));
    window.projectView()->page(pages::stage(1))->findChild<QAbstractButton *>(u"showItems"_s)->click();
    save(window, folder, u"stage-items"_s);
    window.showPresent();
    save(window, folder, u"present"_s);
    return 0;
}
