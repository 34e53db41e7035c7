#include "app/windowcommand.h"

#include "app/cli/output.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

ExitStatus runWindow(const Options &, const Composition &)
{
    complain(Text::tr("The window is not built yet. Try: launch-cockpit audit --demo"));
    return ExitStatus::CouldNotRun;
}

} // namespace cockpit
