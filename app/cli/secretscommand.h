// `launch-cockpit secrets`: the keys and passwords in the files below a folder, in a text that is piped in, and in a
// repository's history.
#pragma once

#include "app/cli/baselinewriting.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/interrupt.h"
#include "app/report/secretsreport.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <optional>

namespace cockpit {

struct Composition;

class SecretsCommand : public QObject
{
    Q_OBJECT

public:
    SecretsCommand(Options options, const Composition &composition, QObject *parent = nullptr);
    ~SecretsCommand() override; // stops the workers and waits for them

    // Ends in finished().
    void start();

signals:
    void finished(cockpit::ExitStatus status);

private:
    struct GitPart
    {
        GitRepository repository;
        BlobWalk walk;
    };

    // What the worker hands over.
    struct Outcome
    {
        SecretsReport report;
        WrittenBaseline baseline; // no file: none is to be written
    };

    [[nodiscard]] Result<void> chooseKey();
    [[nodiscard]] Result<LeakBaseline> replacedBaseline() const;
    [[nodiscard]] Result<GitPart> openGit() const;
    bool takesBaselineFromGit() const;
    // repository: where one is open already. Nothing is done where the baseline is a file, or there is none.
    [[nodiscard]] Result<void> takeBaseline(const GitRepository *repository);
    [[nodiscard]] Result<void> compilePatterns();
    [[nodiscard]] Result<SecretsFound> look();
    [[nodiscard]] Result<Outcome> judged(SecretsFound found);
    [[nodiscard]] Result<void> makeBaseline(Outcome &outcome);
    [[nodiscard]] Result<TreeScan> lookAtFiles(const QString &prefix, bool isBesideHistory);
    [[nodiscard]] Result<void> maskNames(SecretsFound &found) const;
    void conclude(const Result<Outcome> &outcome);
    void complainOfBaselines(const Outcome &outcome) const;
    static void complainOfLeftOut(const WrittenBaseline &baseline);
    void showProgress();
    QByteArray rendered(const SecretsReport &report) const;
    [[nodiscard]] Result<void> writeOutputs(const Outcome &outcome) const;
    ExitStatus statusOf(const SecretsReport &report) const;
    void refuse(const Error &error);

    const Options m_options;
    const QString m_toolVersion;
    const CancelToken m_token;
    QByteArray m_key;         // of the fingerprints, while it looks and compares
    QByteArray m_reportKey;   // of what reports print; in no file: made of this machine's, or of one of this run
    LeakBaseline m_baseline;  // that is compared with
    LeakBaseline m_kept;      // of the file that is replaced; of m_baseline where that is compared with
    QString m_alsoAccepted;   // by the change itself, which counts for nothing: a sentence
    bool m_isRenewed = false; // by the change: RevisionBaseline::isRenewed
    QString m_prefix;         // where the folder stands in its repository, when git is asked
    std::shared_ptr<const PatternSet> m_patterns;
    TreeProgress m_progress;
    HistoryProgress m_historyProgress;
    SlowHashProgress m_hashProgress;
    SlowHashes m_hashes; // of the worker
    ProgressLine m_line;
    QTimer m_lineTimer;
    InterruptWatcher m_interrupts;
    QThreadPool m_workers; // last: its work ends before what it uses goes away
};

} // namespace cockpit
