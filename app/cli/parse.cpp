#include "app/cli/parse.h"

#include "app/cli/nearest.h"
#include "app/cli/optiontable.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr auto kProjectSuffix = "cockpit"_L1;

tl::unexpected<Error> wrongUsage(const QString &sentence)
{
    return failure(ErrorKind::BadInput, sentence);
}

QString wordOf(Command command)
{
    const auto it = std::ranges::find(commandTable(), command, &CommandRow::command);
    return it == commandTable().end() ? QString() : it->word;
}

bool isAllowed(const OptionRow &row, Command command)
{
    return std::ranges::find(row.commands, command) != row.commands.end();
}

QStringList namesAllowedFor(Command command)
{
    QStringList names;
    for (const OptionRow &row : optionTable()) {
        if (isAllowed(row, command))
            names << row.name;
    }
    return names;
}

Result<const OptionRow *> findOption(const QString &name, Command command)
{
    const auto it = std::ranges::find(optionTable(), name, &OptionRow::name);
    if (it != optionTable().end() && isAllowed(*it, command))
        return &*it;
    const QStringList names = namesAllowedFor(command);
    if (names.isEmpty())
        return wrongUsage(Text::tr("\"%1\" takes no options.").arg(wordOf(command)));
    if (it != optionTable().end() && command == Command::Window)
        return wrongUsage(
            Text::tr("%1 does not go with the window, but with \"%2\".").arg(name, wordOf(it->commands.front())));
    if (it != optionTable().end())
        return wrongUsage(Text::tr("%1 does not go with \"%2\". Did you mean %3?")
                              .arg(name, wordOf(command), nearestWord(name, names)));
    return wrongUsage(Text::tr("There is no option %1. Did you mean %2?").arg(name, nearestWord(name, names)));
}

// Takes one option and, where it has one, its value from the front of the words.
Result<void> takeOption(QStringList &words, Options &options)
{
    const QString word = words.takeFirst();
    const qsizetype equals = word.indexOf(u'=');
    const QString name = equals < 0 ? word : word.left(equals);
    const auto row = findOption(name, options.command);
    if (!row)
        return tl::unexpected(row.error());
    if ((*row)->value == OptionValue::None) {
        if (equals >= 0)
            return wrongUsage(Text::tr("%1 takes no value.").arg(name));
        return (*row)->apply(options, {});
    }
    const bool hasValue = equals >= 0 || (!words.isEmpty() && !words.first().startsWith("--"_L1));
    const QString value = equals >= 0 ? word.mid(equals + 1) : hasValue ? words.takeFirst() : QString();
    // An empty one is most likely a variable that nobody set, and "--only" with nothing would mean everything.
    const bool isMissing = !hasValue || ((*row)->value == OptionValue::Required && value.trimmed().isEmpty());
    if (isMissing)
        return wrongUsage(Text::tr("%1 wants a value after it.").arg(name));
    return (*row)->apply(options, value);
}

Result<void> takeSubject(const QString &word, Options &options)
{
    using enum Command;
    const bool takesOne = options.command == Audit || options.command == Secrets || options.command == Window;
    if (!takesOne)
        return wrongUsage(
            Text::tr("\"%1\" does not belong here: \"%2\" takes options only.").arg(word, wordOf(options.command)));
    if (!options.subject.isEmpty())
        return wrongUsage(options.command == Secrets
                              ? Text::tr("One folder or file at a time: \"%1\" is one too many.").arg(word)
                              : Text::tr("One address at a time: \"%1\" is one too many.").arg(word));
    options.subject = word;
    return {};
}

Result<void> verifyAudit(const Options &options)
{
    const int sources = int(!options.subject.isEmpty()) + int(options.demo) + int(!options.projectFile.isEmpty());
    if (sources == 0)
        return wrongUsage(Text::tr("audit wants the address of a product, --demo or --project FILE."));
    if (sources > 1)
        return wrongUsage(Text::tr("audit wants one of an address, --demo and --project, not several."));
    if (options.removeLeft && (!options.active || options.projectFile.isEmpty()))
        return wrongUsage(Text::tr("--remove-left wants --active, as it sends requests to your product, and --project, "
                                   "which knows what was left."));
    return {};
}

Result<void> verifyProjectGiven(const Options &options)
{
    if (options.projectFile.isEmpty())
        return wrongUsage(Text::tr("%1 wants --project FILE.cockpit.").arg(wordOf(options.command)));
    if (options.command == Command::Handover && options.outFile.isEmpty())
        return wrongUsage(Text::tr("handover wants --out FILE.pdf."));
    return {};
}

Result<void> verifyListing(const Options &options)
{
    if (options.format == ReportFormat::Text || options.format == ReportFormat::Json)
        return {};
    return wrongUsage(Text::tr("%1 can be printed as text or json only.").arg(wordOf(options.command)));
}

Result<void> verifySpf(const Options &options)
{
    if (options.spfSender.client.isNull())
        return wrongUsage(Text::tr("spf wants --ip, the address that the mail comes from."));
    if (options.spfSender.mailFrom.isEmpty() && options.spfSender.helo.isEmpty())
        return wrongUsage(Text::tr("spf wants --mail-from, or --helo for mail without a sender."));
    return verifyListing(options);
}

Result<void> verifySecrets(const Options &options)
{
    if (options.subject.isEmpty())
        return wrongUsage(Text::tr("secrets wants a folder or a file, such as a dot for the folder you are in, or a "
                                   "dash for standard input."));
    if (options.format == ReportFormat::Junit)
        return wrongUsage(Text::tr("secrets can be printed as text, json or sarif only."));
    const bool asksHistory = options.history || !options.since.isEmpty();
    if (options.staged && asksHistory)
        return wrongUsage(Text::tr("--staged looks at what the next commit would bring and at nothing else: it goes "
                                   "with neither --history nor --since."));
    if (options.subject == kStandardInput && (options.staged || asksHistory))
        return wrongUsage(Text::tr("Standard input has no history: --history, --since and --staged want the folder of "
                                   "a repository."));
    return {};
}

// The window's only argument is a project file; anything else is most likely a mistyped command.
Result<void> verifyWindow(Options &options)
{
    if (options.subject.isEmpty())
        return {};
    const bool isProject = QFileInfo(options.subject).suffix() == kProjectSuffix || QFileInfo::exists(options.subject);
    if (!isProject) {
        QStringList words;
        for (const CommandRow &row : commandTable())
            words << row.word;
        return wrongUsage(Text::tr("\"%1\" is neither a command nor a project file. Did you mean \"%2\"?")
                              .arg(options.subject, nearestWord(options.subject, words)));
    }
    options.projectFile = options.subject;
    return {};
}

Result<void> verify(Options &options)
{
    switch (options.command) {
    case Command::Window:
        return verifyWindow(options);
    case Command::Audit:
        return verifyAudit(options);
    case Command::Monitor:
    case Command::Handover:
        return verifyProjectGiven(options);
    case Command::Checks:
    case Command::Roadmaps:
        return verifyListing(options);
    case Command::Spf:
        return verifySpf(options);
    case Command::Secrets:
        return verifySecrets(options);
    case Command::Help:
    case Command::Version:
        return {};
    }
    Q_UNREACHABLE();
}

std::optional<Command> takeCommand(QStringList &words)
{
    if (words.isEmpty())
        return std::nullopt;
    const auto it = std::ranges::find(commandTable(), words.first(), &CommandRow::word);
    if (it == commandTable().end())
        return std::nullopt;
    words.removeFirst();
    return it->command;
}

bool asksForHelp(const QStringList &words)
{
    return words.contains("--help"_L1) || words.contains("-h"_L1);
}

} // namespace

Result<Options> parseOptions(const QStringList &arguments)
{
    Options options;
    QStringList words = arguments;
    options.command = takeCommand(words).value_or(Command::Window);
    if (asksForHelp(words)) {
        options.command = Command::Help;
        return options;
    }
    while (!words.isEmpty()) {
        const auto taken = words.first().startsWith(u'-') && words.first().size() > 1
                               ? takeOption(words, options)
                               : takeSubject(words.takeFirst(), options);
        if (!taken)
            return tl::unexpected(taken.error());
    }
    if (auto verified = verify(options); !verified)
        return tl::unexpected(verified.error());
    return options;
}

QString usageText()
{
    return Text::tr(
        "Launch Cockpit looks at a product before its first customers do.\n"
        "\n"
        "  launch-cockpit [PROJECT.cockpit] [--demo]                    the window\n"
        "  launch-cockpit audit DOMAIN | --demo | --project FILE        run checks, print ranked findings\n"
        "  launch-cockpit secrets PATH [--history]                      look for keys and passwords: a folder, a file, "
        "an\n"
        "                                                               app package with its compiled code (- reads a "
        "pipe)\n"
        "  launch-cockpit spf --ip A --mail-from X [--helo H]           would mail from there pass? (RFC 7208)\n"
        "  launch-cockpit monitor --project FILE                        watch until stopped\n"
        "  launch-cockpit handover --project FILE --out FILE.pdf        write the handover pack\n"
        "  launch-cockpit checks | roadmaps [--format json]             list what there is\n"
        "\n"
        "Network: --resolver IP[:PORT]  --connect HOST:PORT:ADDRESS:PORT  --ca-file PEM\n"
        "         --host ROLE=NAME  --timeout SECONDS  --deadline SECONDS\n"
        "Audit:   --roadmap ID  --stage N  --only ID[,ID]  --skip ID[,ID]  --dkim-selector S\n"
        "         --routes FILE  --source KIND=PATH  --active  --token TOKEN  --requests N  --remove-left\n"
        "         --format text|json|sarif|junit  --out FILE  --pdf FILE\n"
        "         --fail-on critical|high|medium|low|never  --quiet  --verbose  --no-progress\n"
        "         --active sends test attacks to a product that is shown to be yours: by the token of the project, or\n"
        "         --token TOKEN, in the TXT record _launch-cockpit.DOMAIN or in the file\n"
        "         /.well-known/launch-cockpit.txt. What will be sent is said before, with the most of each check and\n"
        "         what is too much for --requests N (300, or what the project says), and how long the run may take:\n"
        "         without --deadline, 120 seconds, what the attacks need at the agreed pace, and what each of them "
        "may\n"
        "         wait for beside it, such as the end of a limit at every login and every race. Test accounts sign in\n"
        "         with what the keychain has, or the variable LAUNCH_COCKPIT_SECRET_NAME (the account's name in\n"
        "         capitals, _ for all but letters and digits). Status 3 says that a check was not looked at which\n"
        "         --only names by its id, or by a pattern (access.*) where the project has something for it to try.\n"
        "         Whatever else is \"not run\" is no reason to fail: there are no accounts of staging, or no routes "
        "for\n"
        "         files.\n"
        "         --remove-left, with --active: first takes away the test records that earlier runs left in the\n"
        "         product, because they were cut off or could not remove them, and looks whether they are gone.\n"
        "Secrets: --history      the files, and everything that git has: all branches, tags, stashes, reflogs\n"
        "         --since REV    what HEAD has and REV has not (for CI); with --history the files, too\n"
        "         --staged       what the next commit would bring (for a hook). Both look at the lines that the "
        "change\n"
        "                        adds: a secret on an older line is told by a look at all files\n"
        "         --baseline FILE  --write-baseline FILE  --format text|json|sarif  --out FILE\n"
        "         FILE may be REV:FILE, the file as a revision has it (none there: nothing is accepted), so that a\n"
        "         change cannot bring along what excuses it\n"
        "         --fail-on critical|high|medium|low|never  --quiet  --verbose  --no-progress\n"
        "\n"
        "Exit status: 0 nothing at or above the threshold, 1 findings at or above it, 2 wrong usage,\n"
        "3 could not run, 130 stopped by the user.\n");
}

} // namespace cockpit
