#include "app/cli/secretscommand.h"

#include "app/composition.h"
#include "checks/secrets/fingerprintkey.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>
#include <QStandardPaths>

#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr std::chrono::milliseconds kLineEvery{100};

QString dataFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
}

// Sealed with this machine's key, whatever key the fingerprints have: one from a repository's baseline is no secret.
PatternKeeping ownKeeping()
{
    const FingerprintKey key = fingerprintKeyIn(dataFolder());
    if (!key.isKept)
        return {};
    return {QStandardPaths::writableLocation(QStandardPaths::CacheLocation), key.bytes};
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
    connect(&m_lineTimer, &QTimer::timeout, this, [this] {
        m_line.show(Text::tr("Looked at %1 files, %2")
                        .arg(m_progress.files.load())
                        .arg(QLocale().formattedDataSize(m_progress.bytes.load())));
    });
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
    m_lineTimer.start();
    m_workers.start([this] {
        const Result<TreeScan> scan = look();
        QMetaObject::invokeMethod(this, [this, scan] { conclude(scan); });
    });
}

// A baseline brings its key, and one that is to be written gets a fresh one: the key of this machine stays here.
Result<void> SecretsCommand::chooseKey()
{
    if (!m_options.baselineFile.isEmpty()) {
        const auto baseline = readLeakBaseline(m_options.baselineFile);
        if (!baseline)
            return tl::unexpected(baseline.error());
        m_key = baseline->key;
        m_accepted = baseline->fingerprints;
        return {};
    }
    if (!m_options.writeBaselineFile.isEmpty()) {
        m_key = newFingerprintKey();
        return {};
    }
    const FingerprintKey key = fingerprintKeyIn(dataFolder());
    m_key = key.bytes;
    if (!key.isKept)
        complain(key.whyNotKept);
    return {};
}

Result<TreeScan> SecretsCommand::look()
{
    auto rules = loadLeakRules();
    if (!rules)
        return tl::unexpected(rules.error());
    auto patterns = PatternSet::compile(std::move(*rules), ownKeeping());
    if (!patterns)
        return tl::unexpected(patterns.error());
    m_patterns = *patterns;
    return scanTree(m_options.subject, m_patterns, {m_key, m_token}, m_progress);
}

void SecretsCommand::conclude(const Result<TreeScan> &scan)
{
    m_lineTimer.stop();
    m_line.clear();
    if (!scan) {
        refuse(scan.error());
        return;
    }
    const SecretsReport report = makeSecretsReport(*scan, m_accepted, m_toolVersion);
    if (auto written = writeOutputs(report); !written) {
        refuse(written.error());
        return;
    }
    emit finished(statusOf(report));
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
        return QJsonDocument(secretsJson(report)).toJson();
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
    if (m_options.writeBaselineFile.isEmpty() || report.scan.walk.isStopped)
        return {};
    std::vector<FoundSecret> accepted;
    for (const StandingSecret &each : report.secrets) {
        if (each.standing == Standing::Open || each.standing == Standing::InBaseline)
            accepted.push_back(each.secret);
    }
    return writeReport(leakBaselineFile(m_key, accepted), m_options.writeBaselineFile);
}

ExitStatus SecretsCommand::statusOf(const SecretsReport &report) const
{
    if (report.scan.walk.isStopped)
        return ExitStatus::StoppedByUser;
    const bool isAcceptedNow = !m_options.writeBaselineFile.isEmpty();
    const bool failed = !isAcceptedNow && m_options.failOn && reaches(report, *m_options.failOn);
    return failed ? ExitStatus::FindingsAtThreshold : ExitStatus::Ok;
}

} // namespace cockpit
