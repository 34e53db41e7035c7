#include "checks/secrets/guardfiles.h"

#include "checks/secrets/gitremotes.h"
#include "checks/secrets/guardcontent.h"
#include "checks/secrets/guardtexts.h"
#include "checks/secrets/hookguards.h"
#include "checks/secrets/hookplace.h"
#include "checks/secrets/pipelineguards.h"
#include "checks/secrets/releasegatetexts.h"
#include "models/wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GuardFiles)
};

struct JobWords
{
    GuardKind kind;
    QString path;
    QByteArray text;
    QString remark;
    bool (*isIn)(const QByteArray &text); // whether a file has the job already, in whatever form
    QString insteadOf;                    // what to do where the file is somebody else's
};

Result<GuardProposal> proposeJob(const JobWords &job)
{
    return guardContent(job.path).map([&](const QByteArray &before) {
        if (before.isEmpty() || job.isIn(before))
            return GuardProposal{.kind = job.kind,
                                 .path = job.path,
                                 .before = before,
                                 .after = before.isEmpty() ? job.text : before,
                                 .remark = job.remark};
        return GuardProposal{
            .kind = job.kind, .path = job.path, .before = before, .after = {}, .remark = job.insteadOf};
    });
}

QString addItYourself()
{
    return Text::tr("There is a file of this name already, which does something else. Add a job to your pipeline that "
                    "calls `launch-cockpit secrets` on each change.");
}

QString addGateYourself()
{
    return Text::tr("There is a file of this name already, which does something else. Add a job to your pipeline that "
                    "calls `launch-cockpit audit --project FILE --active`, and let the release wait for it.");
}

QString gitHubReleaseRemark()
{
    return Text::tr("Keep the project file in the repository as product.cockpit, give each test account's password or "
                    "token as a secret of the name that stands in the job, and let the job that releases wait for "
                    "this one (needs: release-gate).");
}

QString gitLabReleaseRemark()
{
    return Text::tr("Add these two lines to .gitlab-ci.yml, keep the project file in the repository as "
                    "product.cockpit, and give each test account's password or token as a masked variable of the "
                    "project:\ninclude:\n  - local: .gitlab/release-gate.yml");
}

QString gitHubRemark()
{
    return Text::tr("In the repository's settings on GitHub, name the package's address in the variable "
                    "LAUNCH_COCKPIT_PACKAGE, and make the check \"secrets\" required for the main branch: only then "
                    "does it stop a merge.");
}

QString gitLabRemark()
{
    return Text::tr("Add these two lines to .gitlab-ci.yml, and name the package's address in the variable "
                    "LAUNCH_COCKPIT_PACKAGE of the project:\ninclude:\n  - local: .gitlab/secrets.yml");
}

ExistingGuard existingOf(const GuardUse &use, GuardReach reach)
{
    return {.name = use.guard.name,
            .file = use.file,
            .line = use.line,
            .covers = use.guard.covers,
            .weakness = use.weakness,
            .reach = reach,
            .stops = use.stops};
}

GuardReach reachOf(const HookUse &hook)
{
    if (!hook.isShared)
        return GuardReach::ThisComputer;
    return hook.isInstalled ? GuardReach::EachCommit : GuardReach::NotInstalled;
}

} // namespace

Result<std::vector<GuardProposal>> proposeGuards(const QString &folder, const QByteArrayList &secretVariables)
{
    const auto repository = GitRepository::open(folder);
    if (!repository)
        return tl::unexpected(repository.error());
    if (repository->isBare())
        return failure(ErrorKind::Unsupported,
                       Text::tr("%1 is a repository without files of its own: set the guards up where people commit.")
                           .arg(folder));
    const QDir root(repository->workTree());
    std::vector<GuardProposal> proposals;
    for (const auto &proposal :
         {proposeHook(*repository),
          proposeJob({GuardKind::GitHubActions, root.filePath(u".github/workflows/secrets.yml"_s), gitHubWorkflow(),
                      gitHubRemark(), callsSecrets, addItYourself()}),
          proposeJob({GuardKind::GitLabCi, root.filePath(u".gitlab/secrets.yml"_s), gitLabJob(), gitLabRemark(),
                      callsSecrets, addItYourself()}),
          proposeJob({GuardKind::GitHubRelease, root.filePath(u".github/workflows/release-gate.yml"_s),
                      gitHubReleaseGate(secretVariables), gitHubReleaseRemark(), callsAudit, addGateYourself()}),
          proposeJob({GuardKind::GitLabRelease, root.filePath(u".gitlab/release-gate.yml"_s),
                      gitLabReleaseGate(secretVariables), gitLabReleaseRemark(), callsAudit, addGateYourself()})}) {
        if (!proposal)
            return tl::unexpected(proposal.error());
        proposals.push_back(*proposal);
    }
    return proposals;
}

Result<void> writeGuard(const GuardProposal &proposal)
{
    const auto now = guardContent(proposal.path);
    if (!now)
        return tl::unexpected(now.error());
    if (*now != proposal.before || !proposal.isWritable())
        return failure(ErrorKind::BadInput,
                       Text::tr("%1 was changed in the meantime. Look at it again.").arg(proposal.path));
    if (!QDir().mkpath(QFileInfo(proposal.path).absolutePath()))
        return failure(ErrorKind::NotPermitted, Text::tr("The folder for %1 could not be made.").arg(proposal.path));
    auto written = writeWholeFile(proposal.path, proposal.after);
    if (!written || !proposal.isExecutable)
        return written;
    constexpr auto run = QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
    if (QFile::setPermissions(proposal.path, QFile::permissions(proposal.path) | run))
        return {};
    return failure(ErrorKind::NotPermitted,
                   Text::tr("%1 was written, but git cannot run it: make it executable.").arg(proposal.path));
}

Result<GuardSurvey> surveyGuards(const QString &folder)
{
    const auto guards = loadSecretGuards();
    if (!guards)
        return tl::unexpected(guards.error());
    const auto repository = GitRepository::open(folder);
    if (!repository)
        return tl::unexpected(repository.error());
    const QString root = repository->workTree();
    GuardSurvey survey;
    survey.isOnGitHub = remoteHostOf(*repository) == RemoteHost::GitHub;
    for (const SecretGuard &guard : *guards)
        survey.pushProtectionCovers = guard.isAsked ? guard.covers : survey.pushProtectionCovers;
    if (root.isEmpty())
        return survey; // a bare one has neither hooks of its own people nor a pipeline
    const HookReading hooks = readHooks(root, *guards);
    for (const HookUse &hook : hooks.uses)
        survey.guards.push_back(existingOf(hook.use, reachOf(hook)));
    const GuardedPipelines pipelines = readPipelines(root, *guards);
    for (const GuardUse &use : pipelines.uses)
        survey.guards.push_back(existingOf(use, use.isOnEachChange ? GuardReach::EachChange : GuardReach::Sometimes));
    survey.gaps = hooks.gaps + pipelines.gaps;
    return survey;
}

GuardServices guardServices()
{
    return {.propose = proposeGuards, .write = writeGuard, .survey = surveyGuards};
}

} // namespace cockpit
