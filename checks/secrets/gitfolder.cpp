#include "checks/secrets/gitfolder.h"

#include "checks/secrets/gitincludes.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GitRepository)
};

namespace fs = std::filesystem;

constexpr qsizetype kLongestPointer = 4096;            // "gitdir: …", and files that hold one path
constexpr off_t kLargestSetting = off_t(16) << 20;     // config, HEAD and their like have kilobytes
constexpr off_t kLargestReferences = off_t(512) << 20; // packed-refs: some 70 bytes a branch
constexpr int kMostEntries = 2'000'000;
constexpr int kMostAlternates = 20;

// The beginning of a regular file; a pipe is not waited for.
QByteArray shortFile(const QString &path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status
    {
    };
    QByteArray text(kLongestPointer, Qt::Uninitialized);
    ssize_t got = 0;
    if (file >= 0 && ::fstat(file, &status) == 0 && S_ISREG(status.st_mode))
        got = ::read(file, text.data(), static_cast<size_t>(text.size()));
    if (file >= 0)
        ::close(file);
    return text.first(std::max<ssize_t>(got, 0)).trimmed();
}

QString canonical(const QString &base, const QByteArray &path)
{
    return QFileInfo(QDir(base).absoluteFilePath(QFile::decodeName(path))).canonicalFilePath();
}

struct Located
{
    QString workTree;  // canonical; empty: a bare one
    QString gitFolder; // canonical
    bool isLink = false;
};

std::optional<Located> locate(const QString &start)
{
    for (QDir at(QFileInfo(start).canonicalFilePath());;) {
        const QFileInfo git(at.filePath(u".git"_s));
        if (git.isDir())
            return Located{at.path(), git.canonicalFilePath(), git.isSymLink()};
        if (git.exists()) {
            const QByteArray pointer = shortFile(git.filePath());
            const QByteArray word = "gitdir: ";
            const QString leadsTo =
                pointer.startsWith(word) ? canonical(at.path(), pointer.sliced(word.size())) : QString();
            return leadsTo.isEmpty() ? std::nullopt : std::optional(Located{at.path(), leadsTo, true});
        }
        if (QFileInfo::exists(at.filePath(u"HEAD"_s)) && QFileInfo(at.filePath(u"objects"_s)).isDir())
            return Located{{}, at.path(), false};
        if (!at.cdUp())
            return std::nullopt;
    }
}

// The value of a name in the configuration, whatever its section: there is one of each in core alone.
QByteArray settingOf(const QString &gitFolder, const QByteArray &name)
{
    for (const QByteArray &line : shortFile(QDir(gitFolder).filePath(u"config"_s)).split('\n')) {
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
    if (gitFolder.startsWith(workTree + u'/'))
        return true;
    const QByteArray linked = shortFile(QDir(gitFolder).filePath(u"gitdir"_s));
    if (!linked.isEmpty())
        return canonical(gitFolder, linked) == QFileInfo(workTree + u"/.git"_s).canonicalFilePath();
    const QByteArray apart = settingOf(gitFolder, "worktree");
    if (!apart.isEmpty())
        return canonical(gitFolder, apart) == workTree;
    return QFileInfo(gitFolder).fileName() != u".git"_s && settingOf(gitFolder, "bare") == "false";
}

Result<void> refusal(const QString &place)
{
    return failure(ErrorKind::NotPermitted,
                   Text::tr("%1 is a pipe, a device or far too large: a repository has no such file, so it was not "
                            "opened.")
                       .arg(place));
}

bool isAbsurd(const fs::path &path)
{
    struct stat status
    {
    };
    if (::stat(path.c_str(), &status) != 0)
        return false;
    if (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
        return true;
    constexpr std::array settings{"config", "HEAD", "commondir", "gitdir", "shallow", "alternates", "config.worktree"};
    const std::string name = path.filename().string();
    if (name == "packed-refs")
        return status.st_size > kLargestReferences;
    const bool isSetting = std::ranges::find(settings, name) != settings.end();
    return isSetting && S_ISREG(status.st_mode) && status.st_size > kLargestSetting;
}

// Sockets may be there (git's own file watcher has one), and opening one fails at once.
Result<void> checkEntries(const QString &folder)
{
    std::error_code error;
    int entries = 0;
    for (fs::recursive_directory_iterator at(fs::path(QFile::encodeName(folder).toStdString()), error), end;
         !error && at != end && entries < kMostEntries; at.increment(error), ++entries) {
        std::error_code unknown;
        const fs::file_type type = at->symlink_status(unknown).type();
        if (type == fs::file_type::directory)
            continue;
        // Objects are by far the most: their kind is in the folder's entry, and their size is looked at when they are
        // read.
        const bool isObject = type == fs::file_type::regular && at.depth() >= 2 &&
                              at->path().native().find("/objects/") != std::string::npos &&
                              at->path().native().find("/info/") == std::string::npos;
        if (!isObject && isAbsurd(at->path()))
            return refusal(QFile::decodeName(at->path().c_str()));
    }
    return {};
}

// Those of clones that share objects, and of those again.
QStringList alternatesOf(const QString &objects)
{
    QStringList found;
    QStringList open{objects};
    while (!open.isEmpty() && found.size() < kMostAlternates) {
        const QString at = open.takeFirst();
        for (const QByteArray &line : shortFile(at + u"/info/alternates"_s).split('\n')) {
            const QString other = line.isEmpty() || line.startsWith('#') ? QString() : canonical(at, line);
            if (other.isEmpty() || found.contains(other))
                continue;
            found += other;
            open += other;
        }
    }
    return found;
}

} // namespace

Result<void> checkGitFolder(const QString &start)
{
    const auto located = locate(start);
    if (!located)
        return {};
    if (located->isLink && !knowsOf(located->gitFolder, located->workTree))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("The .git in %1 leads to %2, which knows nothing of it. If you mean that repository, "
                                "name it itself.")
                           .arg(located->workTree, located->gitFolder));
    QStringList folders{located->gitFolder};
    if (const QByteArray common = shortFile(located->gitFolder + u"/commondir"_s); !common.isEmpty())
        folders += canonical(located->gitFolder, common);
    folders += alternatesOf(folders.last() + u"/objects"_s);
    for (const QString &folder : folders) {
        if (auto checked = checkEntries(folder); !checked)
            return checked;
        if (auto checked = checkIncludes(folder + u"/config"_s); !checked)
            return checked;
    }
    return {};
}

} // namespace cockpit
