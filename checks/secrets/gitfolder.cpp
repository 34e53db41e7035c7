#include "checks/secrets/gitfolder.h"

#include "checks/secrets/gitentries.h"
#include "checks/secrets/gitincludes.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GitRepository)
};

constexpr qsizetype kMostAlternates = 15; // objectlist.cpp reads sixteen folders

QString canonical(const QString &base, const QByteArray &path)
{
    return QFileInfo(QDir(base).absoluteFilePath(QFile::decodeName(path))).canonicalFilePath();
}

QByteArray pointerIn(const QString &path)
{
    return shortGitFile(path).value_or(QByteArray());
}

bool isThere(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink();
}

// Enough of one for libgit2 to try.
bool looksLikeGitFolder(const QString &folder)
{
    const QDir at(folder);
    return isThere(at.filePath(u"HEAD"_s)) &&
           (QFileInfo(at.filePath(u"objects"_s)).isDir() || isThere(at.filePath(u"commondir"_s)));
}

std::optional<dev_t> deviceOf(const QString &folder)
{
    struct stat status
    {
    };
    if (::stat(QFile::encodeName(folder).constData(), &status) != 0)
        return std::nullopt;
    return status.st_dev;
}

// The value of a name in the configuration, whatever its section: there is one of each in core alone.
QByteArray settingOf(const QString &gitFolder, const QByteArray &name)
{
    const QByteArray config = gitSettingsFile(QDir(gitFolder).filePath(u"config"_s)).value_or(QByteArray());
    for (const QByteArray &line : config.split('\n')) {
        const qsizetype equals = line.indexOf('=');
        if (equals > 0 && line.first(equals).trimmed().toLower() == name)
            return line.sliced(equals + 1).trimmed();
    }
    return {};
}

// Whoever makes such a pointer with git gets one back: a second working tree has it in "gitdir", a submodule in
// core.worktree. A folder that is kept apart (--separate-git-dir) has none, but it stands in no product of its own and
// is not bare.
bool knowsOf(const QString &gitFolder, const QString &workTree)
{
    if (isSameOrBelow(gitFolder, workTree))
        return true;
    const QByteArray linked = pointerIn(QDir(gitFolder).filePath(u"gitdir"_s));
    if (!linked.isEmpty())
        return canonical(gitFolder, linked) == QFileInfo(workTree + u"/.git"_s).canonicalFilePath();
    const QByteArray apart = settingOf(gitFolder, "worktree");
    if (!apart.isEmpty())
        return canonical(gitFolder, apart) == workTree;
    return QFileInfo(gitFolder).fileName() != u".git"_s && settingOf(gitFolder, "bare") == "false";
}

tl::unexpected<Error> noStore(const QString &objects, const QString &other)
{
    return failure(ErrorKind::NotPermitted,
                   Text::tr("%1 borrows objects from %2, where no repository keeps any, so it was not opened.")
                       .arg(objects, other));
}

// The objects that this store borrows, and whether they may be read: those of clones that share objects, and of those
// again. What is not there any more is passed over, as git does.
Result<QStringList> borrowedBy(const QString &objects)
{
    const QString file = objects + u"/info/alternates"_s;
    const auto lines = shortGitFile(file);
    if (!lines)
        return noStore(objects, file);
    QStringList found;
    for (const QByteArray &line : lines->split('\n')) {
        const QString other =
            line.trimmed().isEmpty() || line.startsWith('#') ? QString() : canonical(objects, line.trimmed());
        if (other.isEmpty())
            continue;
        if (!QFileInfo(other + u"/pack"_s).isDir() && !QFileInfo(other + u"/info"_s).isDir())
            return noStore(objects, other);
        found += other;
    }
    return found;
}

Result<QStringList> alternatesOf(const QString &objects)
{
    QStringList all;
    QStringList open{objects};
    while (!open.isEmpty()) {
        const auto borrowed = borrowedBy(open.takeFirst());
        if (!borrowed)
            return borrowed;
        for (const QString &other : *borrowed) {
            if (all.contains(other))
                continue;
            if (all.size() == kMostAlternates)
                return noStore(objects, other);
            all += other;
            open += other;
        }
    }
    return all;
}

Result<void> checkFolders(const QStringList &folders, const GitFolderBounds &bounds)
{
    for (const QString &folder : folders) {
        if (auto checked = checkGitEntries(folder, bounds); !checked)
            return checked;
        for (const QString &config : {u"/config"_s, u"/config.worktree"_s}) {
            if (auto checked = checkIncludes(folder + config); !checked)
                return checked;
        }
    }
    return {};
}

} // namespace

std::optional<GitFolder> locateGitFolder(const QString &start)
{
    QDir at(QFileInfo(start).canonicalFilePath());
    const auto device = deviceOf(at.path());
    do {
        if (deviceOf(at.path()) != device)
            return std::nullopt;
        const QFileInfo git(at.filePath(u".git"_s));
        if (git.isDir() && looksLikeGitFolder(git.filePath()))
            return GitFolder{at.path(), git.canonicalFilePath()};
        if (git.exists() && !git.isDir()) {
            const QByteArray pointer = pointerIn(git.filePath());
            const QByteArray word = "gitdir: ";
            const QString leadsTo =
                pointer.startsWith(word) ? canonical(at.path(), pointer.sliced(word.size())) : QString();
            return leadsTo.isEmpty() ? std::nullopt : std::optional(GitFolder{at.path(), leadsTo});
        }
        if (looksLikeGitFolder(at.path()))
            return GitFolder{{}, at.path()};
    } while (at.cdUp());
    return std::nullopt;
}

Result<QString> commonGitFolder(const QString &gitFolder)
{
    const QString file = gitFolder + u"/commondir"_s;
    if (!isThere(file))
        return gitFolder;
    const QString common = canonical(gitFolder, pointerIn(file));
    if (!common.isEmpty() && QFileInfo(gitFolder).path() == common + u"/worktrees"_s)
        return common;
    return failure(ErrorKind::NotPermitted,
                   Text::tr("%1 says that it is a part of another repository, which knows nothing of it, so it was not "
                            "opened. If you mean that repository, name it itself.")
                       .arg(gitFolder));
}

Result<void> checkGitFolder(const GitFolder &located, const CancelToken &cancel)
{
    if (!located.workTree.isEmpty() && !knowsOf(located.folder, located.workTree))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("The .git in %1 leads to %2, which knows nothing of it. If you mean that repository, "
                                "name it itself.")
                           .arg(located.workTree, located.folder));
    const auto common = commonGitFolder(located.folder);
    if (!common)
        return tl::unexpected(common.error());
    const auto alternates = alternatesOf(*common + u"/objects"_s);
    if (!alternates)
        return tl::unexpected(alternates.error());
    QStringList folders{located.folder, *common};
    folders.removeDuplicates();
    GitFolderBounds bounds{folders + *alternates, cancel};
    if (!located.workTree.isEmpty())
        bounds.roots += located.workTree;
    if (auto checked = checkFolders(folders, bounds); !checked)
        return checked;
    for (const QString &objects : *alternates) {
        if (auto checked = checkObjectEntries(objects, bounds); !checked)
            return checked;
    }
    return {};
}

} // namespace cockpit
