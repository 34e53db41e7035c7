// Of `launch-cockpit secrets`: the baseline that is compared with, and the one that is written.
#include "app/cli/secretscommand.h"

#include "app/cli/secretsparts.h"
#include "app/datafolder.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/revisionbaseline.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

// Of the paths in the report. prefix: the part of them that leads to the folder, with a slash at its end.
QString rootOf(const QString &subject, const QString &prefix)
{
    if (prefix.isEmpty())
        return subject;
    const QFileInfo named(QFileInfo(subject).canonicalFilePath());
    const QDir folder(named.isDir() ? named.filePath() : named.absolutePath());
    return QDir::cleanPath(folder.filePath(u"../"_s.repeated(prefix.count(u'/'))));
}

} // namespace

// A baseline brings its key. One that is to be written keeps that of the file that it replaces, so that a guard can
// compare the two, and gets a fresh one where there is none: the key of this machine stays here.
Result<void> SecretsCommand::chooseKey()
{
    auto replaced = replacedBaseline();
    if (!replaced)
        return tl::unexpected(replaced.error());
    m_kept = std::move(*replaced);
    const FingerprintKey own = fingerprintKeyIn(dataFolder());
    m_ownKey = own.bytes;
    if (!m_options.baselineFile.isEmpty() && !takesBaselineFromGit()) {
        auto baseline = readLeakBaseline(m_options.baselineFile);
        if (!baseline)
            return tl::unexpected(baseline.error());
        m_key = baseline->key;
        m_baseline = std::move(*baseline);
        return {};
    }
    if (!m_options.writeBaselineFile.isEmpty()) {
        m_key = m_kept.key.isEmpty() ? newFingerprintKey() : m_kept.key;
        return {};
    }
    m_key = m_ownKey;
    if (!own.isKept)
        complain(own.whyNotKept);
    return {};
}

// Empty where there is none. What is no baseline, or one of a later version, is somebody's file: it is not replaced. A
// pipe would wait for somebody who writes.
Result<LeakBaseline> SecretsCommand::replacedBaseline() const
{
    const QFileInfo file(m_options.writeBaselineFile);
    if (m_options.writeBaselineFile.isEmpty() || !file.isFile() || file.size() == 0)
        return LeakBaseline();
    return readLeakBaseline(m_options.writeBaselineFile);
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
        m_baseline = std::move(*taken->baseline);
    }
    return {};
}

// In the worker: to compare with a baseline takes its time.
Result<SecretsCommand::Outcome> SecretsCommand::judged(SecretsFound found) const
{
    std::vector<const FoundSecret *> all;
    for (const FoundSecret &one : found.files.found)
        all.push_back(&one);
    for (size_t i = 0; found.history && i < found.history->found.size(); ++i)
        all.push_back(&found.history->found[i]);
    auto accepted = acceptedOf(m_baseline, all, m_token);
    if (!accepted && accepted.error().kind != ErrorKind::Cancelled)
        return tl::unexpected(accepted.error());
    found.files.walk.isStopped = found.files.walk.isStopped || !accepted;
    const LookAt look = isGuard(m_options) ? LookAt::Change : LookAt::Everything;
    Outcome outcome{
        .report = makeSecretsReport(std::move(found), accepted.value_or(std::set<QByteArray>()), m_toolVersion, look)};
    // Of a scan that was stopped it would accept the rest unseen with the next one.
    if (!m_options.writeBaselineFile.isEmpty() && !outcome.report.isStopped()) {
        if (auto made = makeBaseline(outcome); !made)
            return tl::unexpected(made.error());
    }
    // A file of an earlier version may have the key of this machine.
    const bool isShared = m_key == m_baseline.key || !m_options.writeBaselineFile.isEmpty();
    if (isShared)
        renewFingerprints(outcome.report, m_key == m_ownKey ? newFingerprintKey() : m_ownKey);
    return outcome;
}

Result<void> SecretsCommand::makeBaseline(Outcome &outcome) const
{
    LeakBaseline kept = m_kept;
    if (kept.key != m_key)
        kept = {.key = m_key, .hashing = m_baseline.hashing};
    auto written = writtenBaseline(outcome.report, rootOf(m_options.subject, m_prefix), kept, m_token);
    if (written)
        outcome.baseline = std::move(*written);
    else if (written.error().kind == ErrorKind::Cancelled)
        outcome.report.scan.walk.isStopped = true;
    else
        return tl::unexpected(written.error());
    return {};
}

void SecretsCommand::complainOfBaselines(const Outcome &outcome) const
{
    if (!m_alsoAccepted.isEmpty())
        complain(m_alsoAccepted);
    if (m_baseline.isGuessable)
        complain(Text::tr("The baseline has the form of an earlier version, with which passwords can be guessed: write "
                          "it again (--write-baseline)."));
    if (m_kept.isGuessable && !outcome.baseline.file.isEmpty())
        complain(Text::tr("The baseline had the form of an earlier version, with which passwords can be guessed. Where "
                          "git has that version, others can still guess them: replace the passwords in it."));
    if (const qsizetype outside = outcome.baseline.outsideGit; outside > 0)
        complain(
            Text::tr("%n value(s) stand only in files that git ignores or does not have, and were not put into the "
                     "baseline: whoever gets it could guess them.",
                     nullptr, static_cast<int>(outside)));
}

} // namespace cockpit
