// `launch-cockpit audit`: one run, one report, an exit status.
#pragma once

#include "app/cli/attackleave.h"
#include "app/cli/output.h"
#include "app/interrupt.h"
#include "app/keychain.h"
#include "app/report/auditreport.h"

#include <QObject>

#include <optional>

namespace cockpit {

class AuditCommand : public QObject
{
    Q_OBJECT

public:
    // composition outlives the command.
    AuditCommand(Options options, const Composition &composition, QObject *parent = nullptr);
    ~AuditCommand() override;

    // Ends in finished(), also when nothing could be started.
    void start();

signals:
    void finished(cockpit::ExitStatus status);

private:
    void seekLeave();
    void takeLeave(const AttackNotice &notice);
    void removeLeft();
    void noteSpentBudget();
    void run();
    void keepLog(const std::vector<LoggedRequest> &requests);
    void refuse(const Error &error);
    void showProgress(const Progress &progress);
    void conclude(const Run &run);
    [[nodiscard]] Result<void> remember(const Run &run);
    [[nodiscard]] Result<void> endJournal(const Run &run, const Result<void> &remembered);
    [[nodiscard]] Result<void> verifyLooked(const Run &run) const;
    [[nodiscard]] Result<void> writeOutputs(const AuditReport &report) const;
    QByteArray rendered(const AuditReport &report) const;
    QStringList expectedChecks() const;
    ExitStatus statusOf(const AuditReport &report, const Result<void> &completed) const;

    const Options m_options;
    const Composition &m_composition;
    std::optional<AuditSetup> m_setup;
    KeychainStore m_keychain;
    InterruptWatcher m_interrupts;
    ProgressLine m_progress;
    CancelToken m_asking;          // the look for the token
    LetterTally m_letters;         // that the run made the product send
    Result<void> m_logged;         // the first failure to keep what was sent
    bool m_isRemoving = false;     // what earlier runs left
    bool m_isLeaveRefused = false; // --active was said, and the attacks may not run, or have no request left
    QStringList m_begun;           // checks that the plan lets run
    bool m_isAllLooked = true;     // of what --only names
    Runner m_runner;               // last: it stops before what it uses goes away
};

} // namespace cockpit
