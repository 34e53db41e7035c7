#include "checks/secrets/headfiles.h"

#include "checks/secrets/blobwalk.h"
#include "checks/secrets/githandles.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

namespace {

QByteArray canonicalBytes(const QString &path)
{
    return QFile::encodeName(QFileInfo(path).canonicalFilePath());
}

QString commonFolderOf(const GitRepository &repository)
{
    return QFileInfo(repository.commonFolder()).canonicalFilePath();
}

// path: below the top.
std::optional<QByteArray> fileOfHead(const GitRepository &repository, const QByteArray &path)
{
    git_object *found = nullptr;
    if (git_revparse_single(&found, repository.handle(), "HEAD^{tree}") < 0)
        return std::nullopt;
    const GitObject root(found);
    git_tree_entry *entry = nullptr;
    if (git_tree_entry_bypath(&entry, reinterpret_cast<const git_tree *>(found), path.constData()) < 0)
        return std::nullopt;
    const std::unique_ptr<git_tree_entry, FreedBy<git_tree_entry_free>> owned(entry);
    return blobBytes(repository, *git_tree_entry_id(entry));
}

} // namespace

std::optional<QByteArray> blobBytes(const GitRepository &repository, const git_oid &id)
{
    git_odb *opened = nullptr;
    if (git_repository_odb(&opened, repository.handle()) < 0)
        return std::nullopt;
    const GitOdb odb(opened);
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_odb_read_header(&size, &type, opened, &id) < 0 || type != GIT_OBJECT_BLOB ||
        size > static_cast<size_t>(BlobWalk::kLargestBlob))
        return std::nullopt;
    git_odb_object *read = nullptr;
    if (git_odb_read(&read, opened, &id) < 0)
        return std::nullopt;
    const GitOdbObject object(read);
    return QByteArray(static_cast<const char *>(git_odb_object_data(read)), static_cast<qsizetype>(size));
}

HeadFiles::HeadFiles(const QString &root, const QString &sharedBy, const CancelToken &cancel) : m_cancel(cancel)
{
    const QFileInfo named(root);
    if (!root.isEmpty())
        m_root = canonicalBytes(named.isDir() ? root : named.absolutePath());
    const auto sharing = GitRepository::open(QFileInfo(sharedBy).absolutePath(), cancel);
    if (sharing)
        m_sharing = commonFolderOf(*sharing);
    else if (sharing.error().kind != ErrorKind::NotFound)
        m_sharing = QString(); // one that cannot be asked: nothing is sure to be of it
}

bool HeadFiles::isOfSharing(const GitRepository &repository) const
{
    return !m_sharing || (!m_sharing->isEmpty() && commonFolderOf(repository) == *m_sharing);
}

bool HeadFiles::isOfSharing(const QString &place) const
{
    const auto repository = GitRepository::open(place, m_cancel);
    return repository && isOfSharing(*repository);
}

// Null: none that counts.
const HeadFiles::WorkTree *HeadFiles::treeOf(const QByteArray &folder)
{
    auto repository = GitRepository::open(QFile::decodeName(folder), m_cancel);
    if (!repository || repository->isBare() || !isOfSharing(*repository))
        return nullptr;
    const QByteArray top = canonicalBytes(repository->workTree()) + '/';
    if (!(folder + '/').startsWith(top))
        return nullptr;
    const auto known = std::ranges::find(m_trees, top, [](const auto &tree) { return tree->top; });
    if (known != m_trees.end())
        return known->get();
    m_trees.push_back(std::make_unique<WorkTree>(WorkTree{std::move(*repository), top}));
    return m_trees.back().get();
}

std::optional<QByteArray> HeadFiles::of(const QByteArray &path)
{
    if (m_root.isEmpty())
        return std::nullopt;
    const QByteArray absolute = m_root + '/' + path;
    const QByteArray folder = absolute.first(absolute.lastIndexOf('/'));
    auto known = m_byFolder.constFind(folder);
    if (known == m_byFolder.cend())
        known = m_byFolder.insert(folder, treeOf(folder));
    const WorkTree *tree = *known;
    return tree ? fileOfHead(tree->repository, absolute.sliced(tree->top.size())) : std::nullopt;
}

} // namespace cockpit
