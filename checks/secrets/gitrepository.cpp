#include "checks/secrets/gitrepository.h"

#include "checks/secrets/gitfolder.h"
#include "checks/secrets/githandles.h"
#include "checks/secrets/gitlibrary.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <memory>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GitRepository)
};

tl::unexpected<Error> openFailure(int code, const QString &path)
{
    const QString detail = lastGitError();
    // Where no configuration names a safe directory, libgit2 1.5 passes that on as the reason: "not found".
    if (code == GIT_EOWNER || detail.contains("safe.directory"_L1))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("The repository at %1 belongs to another user of this machine, and git's rule of "
                                "safe.directory keeps it closed. If you trust it, run: git config --global --add "
                                "safe.directory \"%1\"")
                           .arg(path),
                       detail);
    if (code == GIT_ENOTFOUND)
        return failure(ErrorKind::NotFound, Text::tr("%1 is not in a git repository.").arg(path), detail);
    if (detail.contains("extension"_L1) || detail.contains("repository version"_L1))
        return failure(
            ErrorKind::Unsupported,
            Text::tr("The repository at %1 is stored in a format of git that cannot be read here.").arg(path), detail);
    return failure(
        ErrorKind::Protocol,
        Text::tr("The repository at %1 could not be opened: it is damaged, or a folder in it may not be read.")
            .arg(path),
        detail);
}

// The setting core.worktree may name any folder of the machine, and what stands there would be taken for the product.
bool leadsBack(const GitRepository &repository, const QString &gitFolder)
{
    if (repository.isBare())
        return true;
    const QString workTree = QFileInfo(repository.workTree()).canonicalFilePath();
    const auto located = locateGitFolder(workTree);
    return located && located->workTree == workTree && located->folder == gitFolder;
}

} // namespace

void GitRepository::Close::operator()(git_repository *handle) const
{
    git_repository_free(handle);
}

Result<GitRepository> GitRepository::openAt(const QString &path, unsigned flags)
{
    startGitLibrary();
    git_repository *handle = nullptr;
    const int code = git_repository_open_ext(&handle, QFile::encodeName(path).constData(), flags, nullptr);
    if (code < 0)
        return openFailure(code, path);
    return GitRepository(handle);
}

Result<GitRepository> GitRepository::open(const QString &path, const CancelToken &cancel)
{
    const QFileInfo at(path);
    if (!at.exists())
        return failure(ErrorKind::NotFound, Text::tr("%1 does not exist.").arg(path));
    const auto located = locateGitFolder(at.isDir() ? at.absoluteFilePath() : at.absolutePath());
    if (!located)
        return failure(ErrorKind::NotFound, Text::tr("%1 is not in a git repository.").arg(path));
    if (auto checked = checkGitFolder(*located, cancel); !checked)
        return tl::unexpected(checked.error());
    // What was looked through, and no other further up.
    auto opened =
        openAt(located->workTree.isEmpty() ? located->folder : located->workTree, GIT_REPOSITORY_OPEN_NO_SEARCH);
    if (!opened || leadsBack(*opened, located->folder))
        return opened;
    return openAt(located->folder, GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_BARE);
}

Result<GitRepository> GitRepository::openAgain() const
{
    const char *workFolder = git_repository_workdir(handle());
    if (!workFolder)
        return openAt(QFile::decodeName(git_repository_path(handle())),
                      GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_BARE);
    return openAt(QFile::decodeName(workFolder), GIT_REPOSITORY_OPEN_NO_SEARCH);
}

QString GitRepository::commonFolder() const
{
    return QFile::decodeName(git_repository_commondir(handle()));
}

QString GitRepository::workTree() const
{
    return QFile::decodeName(git_repository_workdir(handle()));
}

QString GitRepository::hooksPath() const
{
    return pathSetting("core.hooksPath");
}

QString GitRepository::excludesPath() const
{
    return pathSetting("core.excludesFile");
}

QString GitRepository::pathSetting(const char *name) const
{
    git_config *config = nullptr;
    if (git_repository_config_snapshot(&config, handle()) != 0)
        return {};
    const std::unique_ptr<git_config, void (*)(git_config *)> kept(config, git_config_free);
    git_buf value = GIT_BUF_INIT;
    QString path;
    if (git_config_get_path(&value, config, name) == 0)
        path = QFile::decodeName(value.ptr);
    git_buf_dispose(&value);
    return path;
}

bool GitRepository::isBare() const
{
    return git_repository_is_bare(handle()) == 1;
}

bool GitRepository::isEmpty() const
{
    return git_repository_is_empty(handle()) == 1;
}

bool GitRepository::isShallow() const
{
    // libgit2 says so for an empty file, too, which git leaves behind after fetching the rest.
    return QFileInfo(QDir(commonFolder()).filePath(u"shallow"_s)).size() > 0;
}

bool GitRepository::isPartial() const
{
    const QDir packs(QDir(commonFolder()).filePath(u"objects/pack"_s));
    return !packs.entryList({u"*.promisor"_s}, QDir::Files).isEmpty();
}

} // namespace cockpit
