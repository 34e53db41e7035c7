#include "app/cli/secretscommand.h"

#include "app/cli/placeinrepository.h"
#include "app/cli/secretsparts.h"
#include "app/composition.h"
#include "app/datafolder.h"
#include "app/patternplace.h"
#include "checks/secrets/inputscan.h"
#include "checks/secrets/maskednames.h"
#include "checks/secrets/repositoryitself.h"
#include "models/freedmemory.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr std::chrono::milliseconds kLineEvery{100};

// --history adds git's past to the files; the other two are a part of git alone.
bool looksAtFiles(const Options &options)
{
    return options.history || !asksGit(options);
}

} // namespace

SecretsCommand::SecretsCommand(Options options, const Composition &composition, QObject *parent)
    : QObject(parent),
      m_options(std::move(options)),
      m_toolVersion(composition.toolVersion),
      m_hashes(m_token, &m_hashProgress),
      m_line(m_options.progress && !m_options.quiet)
{
    m_workers.setMaxThreadCount(1); // it starts those that look, and waits for them
    m_lineTimer.setInterval(kLineEvery);
    connect(&m_lineTimer, &QTimer::timeout, this, &SecretsCommand::showProgress);
    // Ends in conclude() with what was found so far.
    connect(&m_interrupts, &InterruptWatcher::interrupted, this, [this] { m_token.cancel(); });
}

SecretsCommand::~SecretsCommand()
{
    m_token.cancel();
    m_workers.waitForDone();
}

void SecretsCommand::start()
{
    if (auto chosen = chooseKey(); !chosen) {
        refuse(chosen.error());
        return;
    }
    wipeFreedMemory();
    m_lineTimer.start();
    m_workers.start([this] {
        auto found = look();
        auto outcome =
            std::make_shared<const Result<Outcome>>(found ? judged(std::move(*found)) : tl::unexpected(found.error()));
        wipeWhatThisThreadLeft();
        QMetaObject::invokeMethod(this, [this, outcome] { conclude(*outcome); });
    });
}

Result<void> SecretsCommand::compilePatterns()
{
    auto rules = loadLeakRules();
    if (!rules)
        return tl::unexpected(rules.error());
    auto patterns = PatternSet::compile(std::move(*rules), ownPatternPlace(), m_token);
    if (!patterns)
        return tl::unexpected(patterns.error());
    m_patterns = *patterns;
    return {};
}

Result<SecretsFound> SecretsCommand::look()
{
    // What was mistyped is told at once.
    const bool isThere = m_options.subject == kStandardInput || QFileInfo::exists(m_options.subject);
    if (!isThere)
        return failure(ErrorKind::NotFound, Text::tr("%1 is not there.").arg(m_options.subject));
    std::optional<GitPart> git;
    if (asksGit(m_options)) {
        auto opened = openGit();
        if (!opened)
            return tl::unexpected(opened.error());
        git = std::move(*opened);
    }
    if (auto taken = takeBaseline(git ? &git->repository : nullptr); !taken)
        return tl::unexpected(taken.error());
    if (auto compiled = compilePatterns(); !compiled)
        return tl::unexpected(compiled.error());
    SecretsFound found;
    if (looksAtFiles(m_options)) {
        m_prefix = git ? prefixIn(git->repository, m_options.subject) : QString();
        found.isRepository = m_options.subject != kStandardInput && isRepositoryItself(m_options.subject);
        auto files = lookAtFiles(m_prefix, found.isRepository && git);
        if (!files)
            return tl::unexpected(files.error());
        found.files = std::move(*files);
    }
    if (git) {
        auto history = scanHistory(git->repository, git->walk, m_patterns, {m_key, m_token}, m_historyProgress);
        if (!history)
            return tl::unexpected(history.error());
        found.history = std::move(*history);
    }
    return maskNames(found).map([&found] { return std::move(found); });
}

Result<SecretsCommand::GitPart> SecretsCommand::openGit() const
{
    auto repository = GitRepository::open(m_options.subject, m_token);
    if (!repository)
        return tl::unexpected(repository.error());
    auto walk = m_options.staged ? BlobWalk::staged(*repository, qEnvironmentVariable("GIT_INDEX_FILE"), m_token)
                : m_options.since.isEmpty() ? BlobWalk::history(*repository, m_token)
                                            : BlobWalk::since(*repository, m_options.since, m_token);
    if (!walk)
        return tl::unexpected(walk.error());
    return GitPart{std::move(*repository), std::move(*walk)};
}

Result<void> SecretsCommand::maskNames(SecretsFound &found) const
{
    // Whoever stopped the look waits for its report; it must not stop this.
    auto scanner = TextScanner::make(m_patterns, {m_key, CancelToken()});
    if (!scanner)
        return tl::unexpected(scanner.error());
    NameMask mask(*scanner);
    return mask.mask(found.files).and_then([&] { return found.history ? mask.mask(*found.history) : Result<void>(); });
}

// prefix: where the folder stands in its repository, so that one file has one name in all of the report.
Result<TreeScan> SecretsCommand::lookAtFiles(const QString &prefix, bool isBesideHistory)
{
    if (m_options.subject == kStandardInput)
        return scanInput(STDIN_FILENO, m_patterns, {m_key, m_token}, m_progress);
    const auto look = isBesideHistory ? scanBesideHistory : scanTree;
    auto scan = look(m_options.subject, m_patterns, {m_key, m_token}, m_progress);
    const QByteArray bytes = QFile::encodeName(prefix);
    if (scan && !bytes.isEmpty()) {
        for (FoundSecret &secret : scan->found)
            secret.path.prepend(bytes);
    }
    return scan;
}

void SecretsCommand::showProgress()
{
    const QString size = QLocale().formattedDataSize(m_progress.bytes + m_historyProgress.bytes);
    const qint64 objects = m_historyProgress.objects;
    const qint64 hashes = m_hashProgress.wanted;
    if (const qint64 hashed = m_hashProgress.done; hashed < hashes)
        m_line.show(Text::tr("Hashing values for the baseline, slowly on purpose: %1 of %2")
                        .arg(QString::number(hashed), QString::number(hashes)));
    else if (objects == 0)
        m_line.show(Text::tr("Looked at %1 files, %2").arg(QString::number(m_progress.files.load()), size));
    else if (m_historyProgress.stage == HistoryStage::Placing)
        m_line.show(Text::tr("Looking for the commits of what was found"));
    else
        m_line.show(Text::tr("Looked at %1 of %2 objects of the history, %3")
                        .arg(QString::number(m_historyProgress.done.load()), QString::number(objects), size));
}

void SecretsCommand::conclude(const Result<Outcome> &outcome)
{
    m_lineTimer.stop();
    m_line.clear();
    m_workers.waitForDone(); // it has nothing left to do
    wipeWhatThisThreadLeft();
    if (!outcome) {
        // Before anything was looked at.
        if (outcome.error().kind == ErrorKind::Cancelled)
            emit finished(ExitStatus::StoppedByUser);
        else
            refuse(outcome.error());
        return;
    }
    const SecretsReport &report = outcome->report;
    if (auto written = writeOutputs(*outcome); !written) {
        refuse(written.error());
        return;
    }
    complainOfBaselines(*outcome);
    const ExitStatus status = statusOf(report);
    if (status == ExitStatus::CouldNotRun && report.needsHistory())
        complain(Text::tr("This folder is a git repository, and not all that it holds was looked at: use --history."));
    else if (status == ExitStatus::CouldNotRun)
        complain(report.hasReadNothing() ? Text::tr("Nothing could be read, so nothing can be said of secrets.")
                                         : Text::tr("Not all of the change could be read: see what was left out."));
    emit finished(status);
}

void SecretsCommand::refuse(const Error &error)
{
    complain(error.message);
    emit finished(ExitStatus::CouldNotRun);
}

QByteArray SecretsCommand::rendered(const SecretsReport &report) const
{
    switch (m_options.format) {
    case ReportFormat::Json:
        return secretsJson(report);
    case ReportFormat::Sarif:
        return secretsSarif(report);
    case ReportFormat::Junit: // refused by parseOptions()
    case ReportFormat::Text:
        break;
    }
    const bool colour =
        m_options.outFile.isEmpty() && isTerminal(STDOUT_FILENO) && !qEnvironmentVariableIsSet("NO_COLOR");
    return secretsText(report, m_options.verbose ? SecretsDetail::Everything : SecretsDetail::Findings,
                       colour ? SecretsColour::On : SecretsColour::Off)
        .toUtf8();
}

Result<void> SecretsCommand::writeOutputs(const Outcome &outcome) const
{
    if (auto written = writeReport(rendered(outcome.report), m_options.outFile); !written)
        return written;
    return outcome.baseline.file.isEmpty() ? Result<void>()
                                           : writeReport(outcome.baseline.file, m_options.writeBaselineFile);
}

ExitStatus SecretsCommand::statusOf(const SecretsReport &report) const
{
    if (report.isStopped())
        return ExitStatus::StoppedByUser;
    const bool isAcceptedNow = !m_options.writeBaselineFile.isEmpty();
    if (!isAcceptedNow && m_options.failOn && reaches(report, *m_options.failOn))
        return ExitStatus::FindingsAtThreshold;
    // A guard that lets pass what it could not read guards nothing. A change of pictures alone has nothing to read.
    const bool isBroken = isGuard(m_options) ? report.hasUnseen() : report.hasReadNothing() || report.needsHistory();
    return isBroken ? ExitStatus::CouldNotRun : ExitStatus::Ok;
}

} // namespace cockpit
