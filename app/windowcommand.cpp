#include "app/windowcommand.h"

#include "app/cli/output.h"
#include "app/desk.h"
#include "app/keychain.h"
#include "ui/settings/appsettings.h"
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

Result<std::unique_ptr<PracticeCompany>> practiceIf(bool wanted)
{
    return wanted ? PracticeCompany::start() : nullptr;
}

} // namespace

ExitStatus runWindow(const Options &options, const Composition &composition)
{
    Theme theme(*qApp, chosenTheme());
    AvailableCredentialStore credentials;
    auto practice = practiceIf(options.demo);
    if (!practice) {
        complain(practice.error().message);
        return ExitStatus::CouldNotRun;
    }
    std::unique_ptr<Desk> practiceDesk; // opened beside the first window on request
    Desk desk(composition, options.net, theme, credentials, std::move(*practice));
    QObject::connect(&desk, &Desk::practiceRequested, &desk, [&] {
        auto company = PracticeCompany::start();
        if (!company) {
            complain(company.error().message);
            return;
        }
        practiceDesk = std::make_unique<Desk>(composition, options.net, theme, credentials, std::move(*company));
        practiceDesk->show();
        desk.close();
    });
    desk.show();
    if (!options.projectFile.isEmpty())
        desk.openProject(options.projectFile);
    QApplication::exec();
    return ExitStatus::Ok;
}

} // namespace cockpit
