#include "checks/secrets/stagedfiles.h"

#include "checks/secrets/githandles.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobWalk)
};

// The index to compare, and its owner where it is another file than the repository's.
Result<GitIndex> openIndex(const GitRepository &repository, const QString &indexFile)
{
    git_index *opened = nullptr;
    int code = 0;
    if (indexFile.isEmpty()) {
        code = git_repository_index(&opened, repository.handle());
    } else {
        const QDir base(repository.isBare() ? repository.commonFolder() : repository.workTree());
        code = git_index_open(&opened, QFile::encodeName(base.absoluteFilePath(indexFile)).constData());
    }
    if (code < 0)
        return failure(ErrorKind::Protocol, Text::tr("The index of the repository could not be read."), lastGitError());
    return GitIndex(opened);
}

// The tree of HEAD; null before the first commit, where everything is new.
Result<GitObject> headTree(const GitRepository &repository)
{
    if (git_repository_head_unborn(repository.handle()) == 1)
        return GitObject();
    git_object *tree = nullptr;
    if (git_revparse_single(&tree, repository.handle(), "HEAD^{tree}") < 0)
        return failure(ErrorKind::Protocol, Text::tr("The last commit of the repository could not be read."),
                       lastGitError());
    return GitObject(tree);
}

int addStaged(const git_diff_delta *delta, float, void *payload)
{
    auto *files = static_cast<std::vector<StagedFile> *>(payload);
    const bool isSubmodule = delta->new_file.mode == GIT_FILEMODE_COMMIT;
    if (isSubmodule || git_oid_is_zero(&delta->new_file.id))
        return 0;
    StagedFile file{.id = delta->new_file.id, .path = delta->new_file.path, .before = {}};
    const bool goesOn = delta->status == GIT_DELTA_MODIFIED || delta->status == GIT_DELTA_RENAMED;
    if (goesOn && git_oid_equal(&delta->old_file.id, &delta->new_file.id) != 0)
        return 0; // it only moved, or its mode changed
    if (goesOn)
        file.before.push_back(delta->old_file.id);
    files->push_back(std::move(file));
    return 0;
}

// Both sides of a conflict may stand in the index, and none is what HEAD has.
void addConflicts(git_index *index, std::vector<StagedFile> &files)
{
    git_index_conflict_iterator *conflicts = nullptr;
    if (git_index_conflict_iterator_new(&conflicts, index) < 0)
        return;
    const git_index_entry *ancestor = nullptr;
    const git_index_entry *ours = nullptr;
    const git_index_entry *theirs = nullptr;
    while (git_index_conflict_next(&ancestor, &ours, &theirs, conflicts) == 0) {
        if (theirs)
            files.push_back({.id = theirs->id, .path = theirs->path, .before = {}});
    }
    git_index_conflict_iterator_free(conflicts);
}

} // namespace

Result<std::vector<StagedFile>> stagedFiles(const GitRepository &repository, const QString &indexFile)
{
    const auto tree = headTree(repository);
    if (!tree)
        return tl::unexpected(tree.error());
    const auto index = openIndex(repository, indexFile);
    if (!index)
        return tl::unexpected(index.error());
    git_diff *made = nullptr;
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    options.flags = GIT_DIFF_INCLUDE_TYPECHANGE;
    if (git_diff_tree_to_index(&made, repository.handle(), reinterpret_cast<git_tree *>(tree->get()), index->get(),
                               &options) < 0)
        return failure(ErrorKind::Protocol, Text::tr("The staged changes could not be compared with the last commit."),
                       lastGitError());
    const GitDiff diff(made);
    git_diff_find_options renames = GIT_DIFF_FIND_OPTIONS_INIT;
    renames.flags = GIT_DIFF_FIND_RENAMES;
    git_diff_find_similar(made, &renames); // where it fails, what moved is new
    std::vector<StagedFile> files;
    git_diff_foreach(made, addStaged, nullptr, nullptr, nullptr, &files);
    addConflicts(index->get(), files);
    return files;
}

std::optional<git_oid> stagedId(const GitRepository &repository, const QString &indexFile, const QByteArray &path)
{
    const auto index = openIndex(repository, indexFile);
    const git_index_entry *entry = index ? git_index_get_bypath(index->get(), path.constData(), 0) : nullptr;
    return entry ? std::optional(entry->id) : std::nullopt;
}

} // namespace cockpit
