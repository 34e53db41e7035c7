#include "app/program.h"

#include "app/cli/auditcommand.h"
#include "app/cli/handovercommand.h"
#include "app/cli/listing.h"
#include "app/cli/monitorcommand.h"
#include "app/cli/parse.h"
#include "app/cli/secretscommand.h"
#include "app/cli/spfcommand.h"
#include "app/composition.h"
#include "app/logging.h"
#include "app/translators.h"
#include "app/windowcommand.h"

#include <QApplication>
#include <QJsonDocument>
#include <QTimer>

#include <fcntl.h>
#include <unistd.h>

#include <memory>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A stream that the caller closed would lend its number to the next file that is opened: the report would be written
// into the log, or into the project. Writing to what stands in for it fails, as it does on a closed one.
void holdStandardStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(stream, F_GETFD) == -1 && open("/dev/null", O_RDONLY) != stream)
            return; // not even that can be opened, so nothing can be written by mistake either
    }
}

enum class Surface { Terminal, Paper, Window };

Surface surfaceOf(const Options &options)
{
    if (options.command == Command::Window)
        return Surface::Window;
    const bool paper = options.command == Command::Handover || !options.pdfFile.isEmpty();
    return paper ? Surface::Paper : Surface::Terminal;
}

std::unique_ptr<QCoreApplication> makeApplication(Surface surface, int &argc, char **argv)
{
    switch (surface) {
    case Surface::Terminal:
        return std::make_unique<QCoreApplication>(argc, argv);
    case Surface::Paper:
        qputenv("QT_QPA_PLATFORM", "offscreen"); // a PDF needs fonts, not a display
        return std::make_unique<QGuiApplication>(argc, argv);
    case Surface::Window:
        return std::make_unique<QApplication>(argc, argv);
    }
    Q_UNREACHABLE();
}

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return arguments;
}

ExitStatus print(const QString &text, const QString &outFile = {})
{
    if (auto written = writeReport(text.toUtf8(), outFile); !written) {
        complain(written.error().message);
        return ExitStatus::CouldNotRun;
    }
    return ExitStatus::Ok;
}

QString asJson(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson());
}

// Runs a command that lives in the event loop until it says that it is finished.
template<typename LongCommand>
ExitStatus runUntilFinished(const Options &options, const Composition &composition)
{
    LongCommand command(options, composition);
    auto status = ExitStatus::Ok;
    QObject::connect(&command, &LongCommand::finished, &command, [&status](ExitStatus reached) {
        status = reached;
        QCoreApplication::quit();
    });
    QTimer::singleShot(0, &command, &LongCommand::start);
    QCoreApplication::exec();
    return status;
}

ExitStatus execute(const Options &options, const Composition &composition)
{
    const bool json = options.format == ReportFormat::Json;
    switch (options.command) {
    case Command::Window:
        return runWindow(options, composition);
    case Command::Audit:
        return runUntilFinished<AuditCommand>(options, composition);
    case Command::Monitor:
        return runUntilFinished<MonitorCommand>(options, composition);
    case Command::Handover:
        return runHandover(options, composition);
    case Command::Checks:
        return print(json ? asJson(checksJson(composition)) : checksText(composition), options.outFile);
    case Command::Roadmaps:
        return print(json ? asJson(roadmapsJson(composition)) : roadmapsText(composition), options.outFile);
    case Command::Help:
        return print(usageText());
    case Command::Version:
        return print("launch-cockpit "_L1 + QCoreApplication::applicationVersion() + u'\n');
    case Command::Spf:
        return runUntilFinished<SpfCommand>(options, composition);
    case Command::Secrets:
        return runUntilFinished<SecretsCommand>(options, composition);
    }
    Q_UNREACHABLE();
}

ExitStatus composeAndExecute(const Options &options)
{
    const auto composition = compose(preferredLanguage());
    if (!composition) {
        complain(composition.error().message);
        return ExitStatus::CouldNotRun;
    }
    return execute(options, *composition);
}

ExitStatus parseAndExecute(int argc, char **argv)
{
    const QStringList arguments = argumentsOf(argc, argv);
    // Read once to know which application object is needed, and again once its catalogues can word a refusal.
    const auto wanted = parseOptions(arguments);
    const auto application = makeApplication(wanted ? surfaceOf(*wanted) : Surface::Terminal, argc, argv);
    installTranslators(preferredLanguage());
    const auto options = parseOptions(arguments);
    if (!options) {
        complain(options.error().message);
        return ExitStatus::WrongUsage;
    }
    return composeAndExecute(*options);
}

} // namespace

int runProgram(int argc, char **argv)
{
    holdStandardStreams();
    QCoreApplication::setOrganizationName(u"launch-cockpit"_s);
    QCoreApplication::setApplicationName(u"launch-cockpit"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(COCKPIT_VERSION));
    // First of all: standard error is for the one line that says what is wrong, not for what Qt has to remark.
    startLogging(logFolder());
    const ExitStatus status = parseAndExecute(argc, argv);
    stopLogging();
    return static_cast<int>(status);
}

} // namespace cockpit
