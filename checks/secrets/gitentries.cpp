#include "checks/secrets/gitentries.h"

#include "checks/secrets/gitsizes.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

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

constexpr qsizetype kLongestPointer = 4096;
constexpr qsizetype kLongestSettings = qsizetype(1) << 20; // of those that are looked into here
constexpr int kMostEntries = 2'000'000;

// What is opened as soon as the repository is, or when its objects and references are listed.
constexpr std::array<std::string_view, 4> kReadFolders{"objects", "refs", "logs", "worktrees"};
constexpr std::array<std::string_view, 3> kReadFiles{"HEAD", "packed-refs", "index"};
constexpr std::string_view kSettings = "info"; // what is ignored, and how files are treated

bool isAmong(std::span<const std::string_view> names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

// Objects stand in folders of two hexadecimal digits.
bool isOfObjects(std::string_view name)
{
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return name == "pack" || name == "info" || (name.size() == 2 && std::ranges::all_of(name, isHex));
}

tl::unexpected<Error> refusal(const fs::path &place)
{
    return failure(ErrorKind::NotPermitted,
                   Text::tr("%1 is a pipe, a device or far too large: a repository has no such file, so it was not "
                            "opened.")
                       .arg(QFile::decodeName(place.c_str())));
}

struct OpenFolder
{
    fs::path path;
    GitPart part = GitPart::Top;
};

class EntryWalk
{
public:
    explicit EntryWalk(const GitFolderBounds &bounds) : m_bounds(bounds) {}

    Result<void> look(const QString &folder, GitPart part)
    {
        m_open.push_back({fs::path(QFile::encodeName(folder).toStdString()), part});
        while (!m_open.empty()) {
            const OpenFolder next = std::move(m_open.back());
            m_open.pop_back();
            if (auto looked = lookInto(next); !looked)
                return looked;
        }
        return {};
    }

private:
    // One that may not be read cannot be read by libgit2 either, and the others are looked at all the same.
    Result<void> lookInto(const OpenFolder &folder)
    {
        std::error_code error;
        for (fs::directory_iterator at(folder.path, error), end; !error && at != end; at.increment(error)) {
            if (++m_entries > kMostEntries)
                return failure(ErrorKind::NotPermitted,
                               Text::tr("%1 has more than two million files: no repository has so many, so it was not "
                                        "opened.")
                                   .arg(QFile::decodeName(folder.path.c_str())));
            if (m_entries % kAskEvery == 0 && m_bounds.cancel.isCancelled())
                return failure(ErrorKind::Cancelled, Text::tr("The look at the repository was stopped."));
            if (auto looked = lookAt(*at, folder); !looked)
                return looked;
        }
        return {};
    }

    Result<void> lookAt(const fs::directory_entry &entry, const OpenFolder &in)
    {
        std::error_code unknown;
        const fs::file_type type = entry.symlink_status(unknown).type();
        const std::string name = entry.path().filename().string();
        if (type == fs::file_type::symlink)
            return lookAtLink(entry.path(), name, in);
        if (type == fs::file_type::directory) {
            enter(entry.path(), name, in);
            return {};
        }
        return isAbsurd(entry.path(), in.part) ? refusal(entry.path()) : Result<void>();
    }

    Result<void> lookAtLink(const fs::path &path, const std::string &name, const OpenFolder &in)
    {
        if (isAbsurd(path, in.part))
            return refusal(path);
        const bool isTop = in.part == GitPart::Top;
        const bool isSetting = in.part == GitPart::Settings || (isTop && name == kSettings);
        const bool isRead = !isTop || isAmong(kReadFolders, name) || isAmong(kReadFiles, name);
        const QFileInfo shown(QFile::decodeName(path.c_str()));
        const QString leadsTo = shown.canonicalFilePath();
        if (leadsTo.isEmpty() || (!isRead && !isSetting)) // what leads nowhere opens nothing
            return {};
        const bool isInside =
            std::ranges::any_of(m_bounds.roots, [&](const QString &root) { return isSameOrBelow(leadsTo, root); });
        if (!isInside && !isSetting) // people keep their settings elsewhere
            return failure(ErrorKind::NotPermitted,
                           Text::tr("%1 leads to %2, out of its repository, so it was not opened. If you mean what is "
                                    "there, name it itself.")
                               .arg(shown.filePath(), leadsTo));
        if (shown.isDir() && !m_linked.contains(leadsTo)) {
            m_linked.insert(leadsTo);
            enter(path, name, in);
        }
        return {};
    }

    void enter(const fs::path &path, const std::string &name, const OpenFolder &in)
    {
        if (const auto part = partOf(name, in.part))
            m_open.push_back({path, *part});
    }

    // Nothing: it is not read.
    static std::optional<GitPart> partOf(std::string_view name, GitPart in)
    {
        switch (in) {
        case GitPart::Top:
            return name == kSettings     ? std::optional(GitPart::Settings)
                   : name == "objects"   ? std::optional(GitPart::Objects)
                   : name == "refs"      ? std::optional(GitPart::References)
                   : name == "logs"      ? std::optional(GitPart::Logs)
                   : name == "worktrees" ? std::optional(GitPart::Worktrees)
                                         : std::nullopt;
        case GitPart::Objects:
            return name == "pack"      ? std::optional(GitPart::Packs)
                   : name == "info"    ? std::optional(GitPart::Borrowing)
                   : isOfObjects(name) ? std::optional(GitPart::Loose)
                                       : std::nullopt;
        case GitPart::Worktrees:
            return GitPart::Worktree;
        case GitPart::Worktree:
            return name == "refs" ? GitPart::References : name == "logs" ? GitPart::Logs : GitPart::Other;
        case GitPart::References:
        case GitPart::Logs:
        case GitPart::Other:
            return in;
        case GitPart::Borrowing:
            return GitPart::Other; // of a list of commits in pieces
        case GitPart::Settings:
        case GitPart::Loose:
        case GitPart::Packs:
            break;
        }
        return std::nullopt;
    }

    // What may not be opened at all, or holds more than is read. Sockets may be there (git's own file watcher has one),
    // and opening one fails at once.
    bool isAbsurd(const fs::path &path, GitPart part)
    {
        struct stat status
        {
        };
        if (::stat(path.c_str(), &status) != 0)
            return false;
        if (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
            return true;
        if (!S_ISREG(status.st_mode))
            return false;
        m_logBytes += part == GitPart::Logs ? status.st_size : 0;
        return m_logBytes > kLargestLogs || isTooLarge(path, part, status.st_size);
    }

    static constexpr int kAskEvery = 256;

    const GitFolderBounds &m_bounds;
    std::vector<OpenFolder> m_open;
    QSet<QString> m_linked; // each once: links may lead in a circle
    off_t m_logBytes = 0;
    int m_entries = 0;
};

std::optional<QByteArray> boundedFile(const QString &path, qsizetype most)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status
    {
    };
    QByteArray text(most + 1, Qt::Uninitialized);
    ssize_t got = 0;
    if (file >= 0 && ::fstat(file, &status) == 0 && S_ISREG(status.st_mode))
        got = ::read(file, text.data(), static_cast<size_t>(text.size()));
    if (file >= 0)
        ::close(file);
    if (got > static_cast<ssize_t>(most))
        return std::nullopt;
    return text.first(std::max<ssize_t>(got, 0)).trimmed();
}

} // namespace

Result<void> checkGitEntries(const QString &folder, const GitFolderBounds &bounds)
{
    return EntryWalk(bounds).look(folder, GitPart::Top);
}

Result<void> checkObjectEntries(const QString &folder, const GitFolderBounds &bounds)
{
    return EntryWalk(bounds).look(folder, GitPart::Objects);
}

std::optional<QByteArray> shortGitFile(const QString &path)
{
    return boundedFile(path, kLongestPointer);
}

std::optional<QByteArray> gitSettingsFile(const QString &path)
{
    return boundedFile(path, kLongestSettings);
}

bool isSameOrBelow(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(folder.endsWith(u'/') ? folder : folder + u'/');
}

} // namespace cockpit
