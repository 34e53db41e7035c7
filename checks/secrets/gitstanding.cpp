#include "checks/secrets/gitstanding.h"

#include "checks/secrets/githandles.h"
#include "checks/secrets/gitrepository.h"

#include <QFile>
#include <QFileInfo>

#include <optional>

#include <sys/stat.h>

namespace cockpit {

namespace {

QByteArray canonicalBytes(const QString &path)
{
    return QFile::encodeName(QFileInfo(path).canonicalFilePath());
}

bool isRegularFile(const QByteArray &path)
{
    struct stat status
    {
    };
    return ::lstat(path.constData(), &status) == 0 && S_ISREG(status.st_mode);
}

bool exists(const QByteArray &path)
{
    struct stat status
    {
    };
    return ::lstat(path.constData(), &status) == 0;
}

// libgit2 opens whatever bears the name, and would wait for who writes into a pipe.
bool mayBeRead(const QByteArray &path)
{
    constexpr off_t largest = off_t(1) << 20; // people write these by hand
    struct stat status
    {
    };
    return ::stat(path.constData(), &status) != 0 || S_ISDIR(status.st_mode) ||
           (S_ISREG(status.st_mode) && status.st_size <= largest);
}

// Calls for the top and each folder below it on the way to the path, which begins with the top.
template<typename Visit>
bool isEachFolder(const QByteArray &top, const QByteArray &path, const Visit &visit)
{
    for (qsizetype slash = top.size() - 1; slash >= 0; slash = path.indexOf('/', slash + 1))
        if (!visit(path.first(slash + 1)))
            return false;
    return true;
}

// Empty: git could not be asked.
std::optional<bool> isIgnored(const GitRepository &repository, const QByteArray &top, const QByteArray &absolute)
{
    const QByteArray ofUser = QFile::encodeName(repository.excludesPath());
    const bool areFine =
        (ofUser.isEmpty() || mayBeRead(ofUser)) &&
        isEachFolder(top, absolute, [](const QByteArray &folder) { return mayBeRead(folder + ".gitignore"); });
    int ignored = 0;
    const QByteArray below = absolute.sliced(top.size());
    if (!areFine || git_ignore_path_is_ignored(&ignored, repository.handle(), below.constData()) != 0)
        return std::nullopt;
    return ignored == 1;
}

} // namespace

struct GitStandings::WorkTree
{
    GitRepository repository;
    GitIndex index;
    QByteArray top; // with a slash at its end

    GitStanding of(const QByteArray &absolute) const
    {
        const QByteArray below = absolute.sliced(top.size());
        size_t at = 0;
        if (git_index_find(&at, index.get(), below.constData()) == 0)
            return GitStanding::Tracked;
        const auto ignored = isIgnored(repository, top, absolute);
        return !ignored ? GitStanding::Unknown : *ignored ? GitStanding::Ignored : GitStanding::Untracked;
    }

    // Without a repository of its own in between.
    bool has(const QByteArray &folder) const
    {
        const QByteArray path = folder + '/';
        return path.startsWith(top) &&
               isEachFolder(top, path, [this](const QByteArray &one) { return one == top || !exists(one + ".git"); });
    }
};

GitStandings::GitStandings(const QString &root, const CancelToken &cancel) : m_cancel(cancel)
{
    const QFileInfo named(root);
    m_root = canonicalBytes(named.isDir() ? root : named.absolutePath());
}

GitStandings::~GitStandings() = default;

GitStandings::Found GitStandings::found(const QByteArray &folder)
{
    for (const auto &known : m_trees)
        if (known->has(folder))
            return {known.get()};
    auto repository = GitRepository::open(QFile::decodeName(folder), m_cancel);
    if (!repository)
        return {nullptr,
                repository.error().kind == ErrorKind::NotFound ? GitStanding::NoRepository : GitStanding::Unknown};
    if (repository->isBare())
        return {nullptr, GitStanding::NoRepository};
    const QByteArray top = canonicalBytes(repository->workTree()) + '/';
    if (!(folder + '/').startsWith(top))
        return {nullptr, GitStanding::Unknown};
    // A folder that the repository around it ignores (a home folder with its settings in git) is of no repository.
    if (m_root.startsWith(top) && isIgnored(*repository, top, m_root).value_or(false))
        return {nullptr, GitStanding::NoRepository};
    git_index *opened = nullptr;
    if (git_repository_index(&opened, repository->handle()) != 0)
        return {};
    GitIndex index(opened);
    m_trees.push_back(std::make_unique<WorkTree>(WorkTree{std::move(*repository), std::move(index), top}));
    return {m_trees.back().get()};
}

GitStanding GitStandings::of(const QByteArray &path)
{
    const QByteArray absolute = m_root + '/' + path;
    if (m_root.isEmpty() || !isRegularFile(absolute))
        return GitStanding::Unknown;
    const QByteArray folder = absolute.first(absolute.lastIndexOf('/'));
    auto known = m_byFolder.constFind(folder);
    if (known == m_byFolder.cend())
        known = m_byFolder.insert(folder, found(folder));
    return known->tree ? known->tree->of(absolute) : known->otherwise;
}

} // namespace cockpit
