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

// Of the paths in the report; empty for what was piped in. prefix: the part of them that leads to the folder, with a
// slash at its end.
QString rootOf(const QString &subject, const QString &prefix)
{
    if (subject == kStandardInput)
        return {};
    if (prefix.isEmpty())
        return subject;
    const QFileInfo named(QFileInfo(subject).canonicalFilePath());
    const QDir folder(named.isDir() ? named.filePath() : named.absolutePath());
    return QDir::cleanPath(folder.filePath(u"../"_s.repeated(prefix.count(u'/'))));
}

// A key of its own for what reports print, so that none of it was made with a key that a file may have: a baseline of
// an earlier version can have that of this machine.
QByteArray reportKeyOf(const QByteArray &ownKey)
{
    return QByteArray::fromHex(fingerprintOf("reports", ownKey));
}

bool isSameFile(const QString &one, const QString &other)
{
    const QString place = QFileInfo(one).canonicalFilePath();
    return !place.isEmpty() && place == QFileInfo(other).canonicalFilePath();
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
    m_reportKey = reportKeyOf(own.bytes);
    if (!own.isKept)
        complain(own.whyNotKept);
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
    m_key = own.bytes;
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
    // A look that asks nothing of git may mean a file whose name has a colon.
    return namesRevision(m_options.baselineFile) && (asksGit(m_options) || !QFileInfo::exists(m_options.baselineFile));
}

// Where the revision has none, the key of this machine stays.
Result<void> SecretsCommand::takeBaseline(const GitRepository *repository)
{
    if (!takesBaselineFromGit())
        return {};
    if (!repository) {
        const QString place = m_options.subject == kStandardInput ? u"."_s : m_options.subject;
        const auto opened = GitRepository::open(place, m_token);
        return opened ? takeBaseline(&*opened) : tl::unexpected(opened.error());
    }
    auto taken =
        baselineOfRevision(*repository, m_options.baselineFile, m_options.staged ? ChangeOf::Index : ChangeOf::Head,
                           qEnvironmentVariable("GIT_INDEX_FILE"), m_hashes);
    if (!taken)
        return tl::unexpected(taken.error());
    m_alsoAccepted = taken->alsoAccepted;
    m_isRenewed = taken->isRenewed;
    if (taken->baseline) {
        m_key = taken->baseline->key;
        m_baseline = std::move(*taken->baseline);
    }
    return {};
}

// In the worker: to compare with a baseline takes its time.
Result<SecretsCommand::Outcome> SecretsCommand::judged(SecretsFound found)
{
    std::vector<const FoundSecret *> all;
    for (const FoundSecret &one : found.files.found)
        all.push_back(&one);
    for (size_t i = 0; found.history && i < found.history->found.size(); ++i)
        all.push_back(&found.history->found[i]);
    auto accepted = acceptedOf(m_baseline, all, m_hashes);
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
    renewFingerprints(outcome.report, m_reportKey);
    return outcome;
}

Result<void> SecretsCommand::makeBaseline(Outcome &outcome)
{
    LeakBaseline kept = m_kept;
    if (kept.key != m_key) {
        kept = m_baseline;
        kept.key = m_key;
    }
    const HeadLook look{.root = rootOf(m_options.subject, m_prefix),
                        .sharedBy = m_options.writeBaselineFile,
                        .patterns = m_patterns,
                        .settings = {.key = m_key, .token = m_token}};
    auto written = writtenBaseline(outcome.report, look, kept, m_hashes);
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
    const bool isWritten = !outcome.baseline.file.isEmpty();
    const bool isReplaced = isWritten && isSameFile(m_options.baselineFile, m_options.writeBaselineFile);
    if (m_baseline.isGuessable && !isWritten && !m_isRenewed)
        complain(Text::tr("The baseline has the form of an earlier version, with which passwords can be guessed: write "
                          "it again (--write-baseline)."));
    else if (m_baseline.isGuessable && isWritten && !isReplaced)
        complain(Text::tr("The baseline %1 has the form of an earlier version, with which passwords can be guessed. "
                          "What was written now has the new one: use it in its place.")
                     .arg(m_options.baselineFile));
    if (m_kept.isGuessable && isWritten)
        complain(Text::tr("The baseline had the form of an earlier version, with which passwords can be guessed. Where "
                          "git has that version, others can still guess them: replace the passwords in it."));
    complainOfLeftOut(outcome.baseline);
    if (isWritten && !m_options.quiet)
        complain(
            Text::tr("%n value(s) went into the baseline %1.", nullptr, static_cast<int>(outcome.baseline.accepted))
                .arg(m_options.writeBaselineFile));
}

void SecretsCommand::complainOfLeftOut(const WrittenBaseline &baseline)
{
    if (baseline.uncommitted > 0)
        complain(Text::tr("%n value(s) were not put into the baseline, because no commit that was looked at has them: "
                          "whoever gets the file could guess them. Commit their files first, or look at the versions "
                          "that git has, too (--history). Where that is not meant, a remark behind a value "
                          "(launch-cockpit:allow REASON) accepts it.",
                          nullptr, static_cast<int>(baseline.uncommitted)));
    if (baseline.noLongerAccepted > 0)
        complain(Text::tr("%n of them were accepted by the baseline before, and are findings from now on.", nullptr,
                          static_cast<int>(baseline.noLongerAccepted)));
}

} // namespace cockpit
