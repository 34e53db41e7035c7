#include "app/windowcommand.h"

#include "app/desk.h"
#include "app/firstpaint.h"
#include "app/interrupt.h"
#include "app/keychain.h"
#include "models/freedmemory.h"
#include "ui/mainwindow.h"
#include "ui/settings/appsettings.h"
#include "ui/theme/systemtheme.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSettings>

namespace cockpit {

namespace {

ThemeChoice chosenTheme()
{
    QSettings stored;
    return loadSettings(stored).theme;
}

} // namespace

ExitStatus runWindow(const Options &options, const Composition &composition)
{
    Theme theme(*qApp, chosenTheme());
    AvailableCredentialStore credentials;
    Desk desk(composition, options.net, theme, credentials);
    // Ended from outside, it leaves in an orderly way: what is kept is saved already, what is for now only is removed.
    InterruptWatcher interrupts;
    QObject::connect(&interrupts, &InterruptWatcher::interrupted, qApp, [] { QApplication::exit(); });
    SystemTheme systemTheme(theme);
    afterFirstPaint(desk.window(), [&credentials, &systemTheme] {
        wipeFreedMemory(); // code and settings are read in a run, and nobody started one yet
        credentials.probe();
        systemTheme.start();
    });
    desk.show();
    if (options.demo)
        desk.openPractice();
    else if (!options.projectFile.isEmpty())
        desk.openProject(options.projectFile);
    QApplication::exec();
    return ExitStatus::Ok;
}

} // namespace cockpit
