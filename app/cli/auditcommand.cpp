#include "app/cli/auditcommand.h"

#include "app/cli/accountsecrets.h"
#include "app/cli/edgetoken.h"
#include "app/cli/leftstep.h"
#include "app/cli/namedchecks.h"
#include "app/cli/reachability.h"
#include "app/handoverpack.h"
#include "models/freedmemory.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

AuditCommand::AuditCommand(Options options, const Composition &composition, QObject *parent)
    : QObject(parent),
      m_options(std::move(options)),
      m_composition(composition),
      m_progress(m_options.progress && !m_options.quiet),
      m_runner(composition.runServices())
{
    connect(&m_runner, &Runner::planned, this, [this](const Plan &plan) {
        for (const PlannedCheck &planned : plan.checks) {
            if (planned.runs)
                m_begun << planned.checkId;
        }
    });
    connect(&m_runner, &Runner::progressed, this, &AuditCommand::showProgress);
    connect(&m_runner, &Runner::requestsSent, this, &AuditCommand::keepLog);
    connect(&m_runner, &Runner::finished, this, &AuditCommand::conclude);
    connect(&m_interrupts, &InterruptWatcher::interrupted, this, [this] {
        if (m_runner.isRunning())
            m_runner.stop();    // ends in conclude() with what was found so far
        else if (!m_isRemoving) // else what was sent until now is kept first
            emit finished(ExitStatus::StoppedByUser);
        m_asking.cancel();
    });
}

AuditCommand::~AuditCommand()
{
    m_asking.cancel();
}

void AuditCommand::start()
{
    wipeFreedMemory(); // code and settings are read
    auto setup = prepareAudit(m_options, m_composition);
    if (!setup) {
        refuse(setup.error());
        return;
    }
    m_setup = std::move(*setup);
    fetchEdgeToken(*m_setup, m_composition, m_keychain, this, [this] { seekLeave(); });
}

void AuditCommand::seekLeave()
{
    seekAttackLeave(*m_setup, m_options, m_composition, m_asking, this,
                    [this](const AttackNotice &notice) { takeLeave(notice); });
}

void AuditCommand::takeLeave(const AttackNotice &notice)
{
    if (m_asking.isCancelled()) // stopped while it was looked for
        return;
    m_isLeaveRefused = !notice.isGiven && !notice.sentence.isEmpty();
    if (!notice.sentence.isEmpty() && (m_isLeaveRefused || !m_options.quiet))
        complain(notice.sentence);
    fetchAccountSecrets(*m_setup, m_composition, m_keychain, this, [this] { removeLeft(); });
}

void AuditCommand::removeLeft()
{
    m_isRemoving = true;
    removeLeftFirst(*m_setup, m_composition, m_asking, this, [this](const Result<void> &kept) {
        m_isRemoving = false;
        m_logged = kept;
        noteSpentBudget();
        if (m_asking.isCancelled())
            emit finished(ExitStatus::StoppedByUser);
        else
            run();
    });
}

// A gate that was asked for attacks and had no request left for them has proved nothing.
void AuditCommand::noteSpentBudget()
{
    const QString &sentence = m_setup->left.tookAll;
    if (sentence.isEmpty() || attacksIn(m_setup->request.plan, m_composition.catalog, m_composition.registry).isEmpty())
        return;
    m_isLeaveRefused = true;
    complain(sentence);
}

void AuditCommand::run()
{
    if (auto started = m_runner.start(m_setup->request); !started)
        refuse(started.error());
    m_setup->request.plan.active.reset(); // with the values of the accounts, which the run alone has now
}

// As it goes, so that a killed program has not sent more than its project tells.
void AuditCommand::keepLog(const std::vector<LoggedRequest> &requests)
{
    for (const LoggedRequest &request : requests)
        m_letters.add(request);
    if (!m_setup->store || !m_logged)
        return;
    m_logged = m_setup->store->appendRequests(requests);
}

void AuditCommand::refuse(const Error &error)
{
    complain(error.message);
    emit finished(error.kind == ErrorKind::BadInput ? ExitStatus::WrongUsage : ExitStatus::CouldNotRun);
}

void AuditCommand::showProgress(const Progress &progress)
{
    m_progress.show(Text::tr("Looked at %1 of %2: %3")
                        .arg(QString::number(progress.done), QString::number(progress.total), progress.current));
}

void AuditCommand::conclude(const Run &run)
{
    m_progress.clear();
    wipeWhatThisThreadLeft(); // those of the run have done so
    // A project that cannot be saved is no reason to keep what was found to ourselves.
    const Result<void> remembered = remember(run);
    const Result<void> journalled = endJournal(run, remembered);
    AuditReport report = makeReport(m_setup->known, m_setup->request.plan.roadmap, run, m_composition.toolVersion);
    report.left = m_setup->left;
    report.letters = m_letters;
    if (auto written = writeOutputs(report); !written) {
        complain(written.error().message);
        emit finished(ExitStatus::CouldNotRun);
        return;
    }
    const Result<void> reached = run.stopped ? Result<void>() : verifyLooked(run);
    for (const Result<void> &step : {remembered, journalled, m_logged, reached}) {
        if (!step)
            complain(step.error().message);
    }
    const Result<void> completed = !remembered ? remembered : !m_logged ? m_logged : reached;
    if (completed && !run.stopped) {
        const auto unlooked = unlookedNamed(m_options.only, expectedChecks(), run.results,
                                            m_options.active ? PatternRule::EachShows : PatternRule::OneShows);
        m_isAllLooked = unlooked.empty();
        if (!m_isAllLooked)
            complain(unlookedText(unlooked));
    }
    emit finished(statusOf(report, completed));
}

// That the checks could look at all.
Result<void> AuditCommand::verifyLooked(const Run &run) const
{
    const RunRequest &request = m_setup->request;
    if (request.net.runDeadline > std::chrono::milliseconds(0))
        return verifyReached(run, request.plan.target, request.net);
    return failure(ErrorKind::TimedOut,
                   Text::tr("The time that --deadline gives was over before the checks could begin: taking away what "
                            "earlier runs left took all of it. Give more time, or leave --remove-left to a run of its "
                            "own."));
}

// What a pattern of --only means: with --active whatever the project has all for. Without it a pattern is often typed
// to see what strangers see; but who has given accounts and names the families that sign in wants them tried.
QStringList AuditCommand::expectedChecks() const
{
    const PlanRequest &plan = m_setup->request.plan;
    if (!m_options.active && plan.facts.actors.empty())
        return {};
    QStringList attacks = attacksIn(plan, m_composition.catalog, m_composition.registry);
    if (m_options.active)
        return m_begun + attacks;
    attacks.removeIf([](const QString &id) { return !id.startsWith("access."_L1) && !id.startsWith("abuse."_L1); });
    return attacks;
}

// Into the project file when there is one, so that the window shows this run too. Hosts that were added belong to the
// project from then on: what is found on a host that it does not have would never be looked at again.
Result<void> AuditCommand::remember(const Run &run)
{
    Result<void> remembered;
    if (m_setup->store && !m_options.hosts.empty())
        remembered = m_setup->store->saveSettings(m_setup->known.settings);
    if (m_setup->store && remembered && !m_setup->usedEntries.isEmpty())
        remembered = m_setup->store->noteCredentialUse(m_setup->usedEntries, run.started);
    if (m_setup->store && remembered)
        remembered = m_setup->store->saveRun(run).map([](const ProjectState &) {});
    applyResults(m_setup->known, run.results, run.finished);
    m_setup->known.lastRun = run;
    m_setup->known.lastRun->results.clear();
    return remembered;
}

// What is left of this run now, its results tell; where those could not be kept, its journal alone does.
Result<void> AuditCommand::endJournal(const Run &run, const Result<void> &remembered)
{
    const RunEnd how = run.stopped || !remembered ? RunEnd::Stopped : RunEnd::Complete;
    return m_setup->journal ? m_setup->journal->end(how) : Result<void>();
}

QByteArray AuditCommand::rendered(const AuditReport &report) const
{
    switch (m_options.format) {
    case ReportFormat::Json:
        return QJsonDocument(auditJson(report)).toJson();
    case ReportFormat::Sarif:
        return auditSarif(report);
    case ReportFormat::Junit:
        return auditJunit(report);
    case ReportFormat::Text:
        break;
    }
    const bool colour =
        m_options.outFile.isEmpty() && isTerminal(STDOUT_FILENO) && !qEnvironmentVariableIsSet("NO_COLOR");
    return auditText(report, m_options.verbose ? TextDetail::EveryCheck : TextDetail::Findings,
                     colour ? TextColour::On : TextColour::Off)
        .toUtf8();
}

Result<void> AuditCommand::writeOutputs(const AuditReport &report) const
{
    if (auto written = writeReport(rendered(report), m_options.outFile); !written)
        return written;
    if (m_options.pdfFile.isEmpty())
        return {};
    return writeHandoverPack(m_setup->known, report.roadmap, m_setup->store.get(), m_composition, m_options.pdfFile);
}

ExitStatus AuditCommand::statusOf(const AuditReport &report, const Result<void> &completed) const
{
    if (report.run.stopped)
        return ExitStatus::StoppedByUser;
    if (!completed)
        return ExitStatus::CouldNotRun;
    const bool failed = m_options.failOn && reaches(report, *m_options.failOn);
    if (failed)
        return ExitStatus::FindingsAtThreshold;
    // A gate that was asked for attacks and could send none has proved nothing; nor has one that could not look.
    return m_isLeaveRefused || !m_isAllLooked ? ExitStatus::CouldNotRun : ExitStatus::Ok;
}

} // namespace cockpit
