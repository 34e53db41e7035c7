#include "app/cli/secretscommand.h"

#include "app/cli/placeinrepository.h"
#include "app/composition.h"
#include "app/datafolder.h"
#include "app/patternplace.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/maskednames.h"
#include "checks/secrets/revisionbaseline.h"
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

bool asksGit(const Options &options)
{
    return options.history || options.staged || !options.since.isEmpty();
}

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
        auto found = std::make_shared<const Result<SecretsFound>>(look());
        QMetaObject::invokeMethod(this, [this, found] { conclude(*found); });
    });
}

// A baseline brings its key. One that is to be written keeps that of the file that it replaces, so that a guard can
// compare the two, and gets a fresh one where there is none: the key of this machine stays here.
Result<void> SecretsCommand::chooseKey()
{
    if (!m_options.baselineFile.isEmpty() && !takesBaselineFromGit()) {
        const auto baseline = readLeakBaseline(m_options.baselineFile);
        if (!baseline)
            return tl::unexpected(baseline.error());
        m_key = baseline->key;
        m_accepted = baseline->fingerprints;
        return {};
    }
    if (!m_options.writeBaselineFile.isEmpty()) {
        // A pipe would wait for somebody who writes; what is no baseline is replaced as before.
        const QString replaced =
            QFileInfo(m_options.writeBaselineFile).isFile() ? m_options.writeBaselineFile : QString();
        const auto before = replaced.isEmpty() ? Result<LeakBaseline>() : readLeakBaseline(replaced);
        m_key = before && !before->key.isEmpty() ? before->key : newFingerprintKey();
        return {};
    }
    const FingerprintKey key = fingerprintKeyIn(dataFolder());
    m_key = key.bytes;
    if (!key.isKept)
        complain(key.whyNotKept);
    return {};
}

bool SecretsCommand::takesBaselineFromGit() const
{
    return asksGit(m_options) && namesRevision(m_options.baselineFile);
}

// Where the revision has none, the key of this machine stays.
Result<void> SecretsCommand::takeBaseline(const GitRepository &repository)
{
    auto taken =
        baselineOfRevision(repository, m_options.baselineFile, m_options.staged ? ChangeOf::Index : ChangeOf::Head,
                           qEnvironmentVariable("GIT_INDEX_FILE"));
    if (!taken)
        return tl::unexpected(taken.error());
    m_alsoAccepted = taken->alsoAccepted;
    if (taken->baseline) {
        m_key = taken->baseline->key;
        m_accepted = std::move(taken->baseline->fingerprints);
    }
    return {};
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
    if (takesBaselineFromGit()) {
        if (auto taken = takeBaseline(git->repository); !taken)
            return tl::unexpected(taken.error());
    }
    if (auto compiled = compilePatterns(); !compiled)
        return tl::unexpected(compiled.error());
    SecretsFound found;
    if (looksAtFiles(m_options)) {
        auto files = lookAtFiles(git ? prefixIn(git->repository, m_options.subject) : QString());
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
Result<TreeScan> SecretsCommand::lookAtFiles(const QString &prefix)
{
    if (m_options.subject == kStandardInput)
        return scanInput(STDIN_FILENO, m_patterns, {m_key, m_token}, m_progress);
    auto scan = scanTree(m_options.subject, m_patterns, {m_key, m_token}, m_progress);
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
    if (objects == 0)
        m_line.show(Text::tr("Looked at %1 files, %2").arg(QString::number(m_progress.files.load()), size));
    else if (m_historyProgress.stage == HistoryStage::Placing)
        m_line.show(Text::tr("Looking for the commits of what was found"));
    else
        m_line.show(Text::tr("Looked at %1 of %2 objects of the history, %3")
                        .arg(QString::number(m_historyProgress.done.load()), QString::number(objects), size));
}

void SecretsCommand::conclude(const Result<SecretsFound> &found)
{
    m_lineTimer.stop();
    m_line.clear();
    m_workers.waitForDone(); // it has nothing left to do, and gives back what it kept of what it freed
    wipeCachedBlocks();
    if (!found) {
        // Before anything was looked at.
        if (found.error().kind == ErrorKind::Cancelled)
            emit finished(ExitStatus::StoppedByUser);
        else
            refuse(found.error());
        return;
    }
    const SecretsReport report = makeSecretsReport(*found, m_accepted, m_toolVersion);
    if (auto written = writeOutputs(report); !written) {
        refuse(written.error());
        return;
    }
    if (!m_alsoAccepted.isEmpty())
        complain(m_alsoAccepted);
    const ExitStatus status = statusOf(report);
    if (status == ExitStatus::CouldNotRun)
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

Result<void> SecretsCommand::writeOutputs(const SecretsReport &report) const
{
    if (auto written = writeReport(rendered(report), m_options.outFile); !written)
        return written;
    // Of a scan that was stopped it would accept the rest unseen with the next one.
    if (m_options.writeBaselineFile.isEmpty() || report.isStopped())
        return {};
    std::vector<FoundSecret> accepted;
    for (const ReportedSecret &secret : report.secrets) {
        if (secret.standing == Standing::Open || secret.standing == Standing::InBaseline)
            accepted.push_back(secret.main());
    }
    return writeReport(leakBaselineFile(m_key, accepted), m_options.writeBaselineFile);
}

ExitStatus SecretsCommand::statusOf(const SecretsReport &report) const
{
    if (report.isStopped())
        return ExitStatus::StoppedByUser;
    const bool isAcceptedNow = !m_options.writeBaselineFile.isEmpty();
    if (!isAcceptedNow && m_options.failOn && reaches(report, *m_options.failOn))
        return ExitStatus::FindingsAtThreshold;
    // A guard that lets pass what it could not read guards nothing. A change of pictures alone has nothing to read.
    const bool isGuard = m_options.staged || !m_options.since.isEmpty();
    const bool isBroken = isGuard ? report.hasUnseen() : report.hasReadNothing();
    return isBroken ? ExitStatus::CouldNotRun : ExitStatus::Ok;
}

} // namespace cockpit
