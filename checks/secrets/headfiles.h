// Files as the last commit has them, for what lies in a working tree. Internal to the folder.
#pragma once

#include "checks/secrets/gitrepository.h"

#include <git2/oid.h>

#include <QHash>

#include <optional>
#include <vector>

namespace cockpit {

// Nothing: it is no file of the repository, or one of more than BlobWalk::kLargestBlob.
std::optional<QByteArray> blobBytes(const GitRepository &repository, const git_oid &id);

// Belongs to one thread.
class HeadFiles
{
public:
    // root: the folder or the file that was named; empty: of nothing. sharedBy: a file, which need not be there; where
    // a repository has its folder, only files of that one count. After a stop, no further repository is opened.
    HeadFiles(const QString &root, const QString &sharedBy, const CancelToken &cancel);

    // path: below the root, in bytes, as a walk gives it (treewalk.h). Nothing: no commit is checked out, it has no
    // such file, the repository is another one, or cannot be asked.
    std::optional<QByteArray> of(const QByteArray &path);
    // Whether this place (a folder or a file) is of the repository that the shared file lies in, or of any where that
    // lies in none.
    bool isOfSharing(const QString &place) const;

private:
    struct WorkTree
    {
        GitRepository repository;
        QByteArray top; // with a slash at its end
    };
    bool isOfSharing(const GitRepository &repository) const;
    const WorkTree *treeOf(const QByteArray &folder);

    QByteArray m_root; // absolute, a folder
    CancelToken m_cancel;
    std::optional<QString> m_sharing; // the common folder of its repository; none: any will do
    std::vector<std::unique_ptr<WorkTree>> m_trees;
    QHash<QByteArray, const WorkTree *> m_byFolder;
};

} // namespace cockpit
