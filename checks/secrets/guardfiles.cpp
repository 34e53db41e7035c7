#include "checks/secrets/guardfiles.h"

#include "checks/secrets/gitrepository.h"
#include "checks/secrets/guardtexts.h"
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

constexpr qint64 kLongestFile = 1 << 20; // of a hook or a pipeline: people write them by hand

// Nothing there is empty; what cannot be read, or is no ordinary file, is an error.
Result<QByteArray> contentOf(const QString &path)
{
    const QFileInfo info(path);
    if (info.isSymLink())
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 is a link to another file. Change that file yourself.").arg(path));
    if (!info.exists())
        return QByteArray();
    QFile file(path);
    if (!info.isFile() || info.size() > kLongestFile || !file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotPermitted, Text::tr("%1 could not be read.").arg(path), file.errorString());
    return file.readAll();
}

// git's setting of the folder of hooks, where there is one (husky sets it); else its own.
QString hooksFolder(const GitRepository &repository)
{
    const QString folder = repository.hooksPath();
    return folder.isEmpty() ? QDir(repository.commonFolder()).filePath(u"hooks"_s)
                            : QDir(repository.workTree()).absoluteFilePath(folder);
}

// Husky calls the files one folder above those that git calls.
QString hookPath(const GitRepository &repository)
{
    const QDir hooks(QDir::cleanPath(hooksFolder(repository)));
    const bool isHusky = hooks.dirName() == "_"_L1 && hooks.path().endsWith(".husky/_"_L1);
    return QDir::cleanPath(hooks.filePath(isHusky ? u"../pre-commit"_s : u"pre-commit"_s));
}

Result<GuardProposal> proposeHook(const QString &path)
{
    return contentOf(path).map([&](const QByteArray &before) {
        GuardProposal proposal{GuardKind::PreCommit, path, before, {}, true};
        if (const auto after = preCommitHook(before))
            proposal.after = *after;
        else
            proposal.remark = Text::tr("The hook is no shell script. Let it call `launch-cockpit secrets --staged` in "
                                       "the repository's folder, and stop when that fails.");
        return proposal;
    });
}

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
    return contentOf(job.path).map([&](const QByteArray &before) {
        if (before.isEmpty() || job.isIn(before))
            return GuardProposal{job.kind, job.path, before, before.isEmpty() ? job.text : before, false, job.remark};
        return GuardProposal{job.kind, job.path, before, {}, false, job.insteadOf};
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
         {proposeHook(hookPath(*repository)),
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
    const auto now = contentOf(proposal.path);
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

GuardServices guardServices()
{
    return {.propose = proposeGuards, .write = writeGuard};
}

} // namespace cockpit
