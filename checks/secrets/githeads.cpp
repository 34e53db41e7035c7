#include "checks/secrets/githeads.h"

#include "checks/secrets/gitfolder.h"
#include "checks/secrets/structureobject.h"

#include <QFile>
#include <QFileInfo>

#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

Holder holderNamed(QByteArrayView name)
{
    if (name.startsWith("refs/remotes/"))
        return Holder::PushedBranch;
    if (name.startsWith("refs/heads/") || name == "HEAD")
        return Holder::Branch;
    if (name.startsWith("refs/tags/"))
        return Holder::Tag;
    if (name.startsWith("refs/notes/"))
        return Holder::Note;
    return name == "refs/stash" ? Holder::Stash : Holder::OtherReference;
}

void addReflog(git_repository *repository, const char *name, GitHeads &heads)
{
    const bool isOfStash = holderNamed(name) == Holder::Stash;
    // Reading a reflog that does not exist would create it.
    if (git_reference_has_log(repository, name) != 1)
        return;
    git_reflog *opened = nullptr;
    if (git_reflog_read(&opened, repository, name) < 0)
        return;
    const GitReflog log(opened);
    for (size_t at = 0; at < git_reflog_entrycount(log.get()); ++at) {
        const git_reflog_entry *entry = git_reflog_entry_byindex(log.get(), at);
        for (const git_oid *id : {git_reflog_entry_id_new(entry), git_reflog_entry_id_old(entry)}) {
            if (!git_oid_is_zero(id))
                (isOfStash ? heads.stashes : heads.reflogs).push_back(*id);
        }
        if (const char *message = git_reflog_entry_message(entry))
            heads.reflogTexts.append(message).append(1, '\n');
    }
}

// Follows annotated tags, which are texts of their own, down to what they mark.
void addTarget(git_repository *repository, git_oid id, Holder holder, GitHeads &heads)
{
    constexpr int mostTagsOfTags = 8;
    git_odb *opened = nullptr;
    if (git_repository_odb(&opened, repository) < 0)
        return;
    const GitOdb odb(opened);
    for (int depth = 0; depth < mostTagsOfTags; ++depth) {
        // Whatever else it is, it may be large, and is not opened.
        size_t size = 0;
        git_object_t type = GIT_OBJECT_INVALID;
        if (git_odb_read_header(&size, &type, opened, &id) < 0)
            return;
        if (type != GIT_OBJECT_TAG) {
            heads.references.push_back(id);
            heads.holders.push_back(holder);
            return;
        }
        git_object *found = nullptr;
        if (size > kLargestStructure || git_object_lookup(&found, repository, &id, GIT_OBJECT_TAG) < 0)
            return;
        const GitObject object(found);
        heads.annotations.push_back(id);
        id = *git_tag_target_id(reinterpret_cast<const git_tag *>(found));
    }
}

void addNamed(git_repository *repository, const char *name, GitHeads &heads)
{
    git_oid id;
    if (git_reference_name_to_id(&id, repository, name) == 0)
        addTarget(repository, id, holderNamed(name), heads);
    addReflog(repository, name, heads);
}

void addReferences(git_repository *repository, const CancelToken &cancel, GitHeads &heads)
{
    git_reference_iterator *opened = nullptr;
    if (git_reference_iterator_new(&opened, repository) < 0)
        return;
    const std::unique_ptr<git_reference_iterator, FreedBy<git_reference_iterator_free>> references(opened);
    git_reference *found = nullptr;
    while (!cancel.isCancelled() && git_reference_next(&found, opened) == 0) {
        const GitReference reference(found);
        heads.names.append(git_reference_name(found)).append(1, '\n');
        addNamed(repository, git_reference_name(found), heads);
    }
}

// libgit2 opens whatever repository the entry names: by its working tree, and by the commondir that the entry has.
bool leadsBack(const git_worktree *worktree, const QString &entry, const QString &commonFolder)
{
    const auto shared = commonGitFolder(entry);
    if (!shared || *shared != commonFolder)
        return false;
    const QString at = QFileInfo(QFile::decodeName(git_worktree_path(worktree))).canonicalFilePath();
    const auto located = at.isEmpty() ? std::nullopt : locateGitFolder(at);
    return located && located->workTree == at && located->folder == entry;
}

// Each linked worktree has a HEAD of its own, which may be detached.
void addWorktrees(const GitRepository &owner, GitHeads &heads)
{
    git_repository *repository = owner.handle();
    const QString common = QFileInfo(owner.commonFolder()).canonicalFilePath();
    const QString folder = QFileInfo(common + "/worktrees"_L1).canonicalFilePath();
    git_strarray names{};
    if (git_worktree_list(&names, repository) < 0)
        return;
    for (size_t at = 0; at < names.count; ++at) {
        git_worktree *found = nullptr;
        if (git_worktree_lookup(&found, repository, names.strings[at]) < 0)
            continue;
        const GitWorktree worktree(found);
        if (!leadsBack(found, folder + u'/' + QFile::decodeName(names.strings[at]), common))
            continue;
        git_repository *opened = nullptr;
        if (git_repository_open_from_worktree(&opened, found) < 0)
            continue; // its folder was deleted: the commits are still in the reflogs of the branches
        const GitHandle handle(opened);
        addNamed(opened, "HEAD", heads);
    }
    git_strarray_dispose(&names);
}

} // namespace

GitHeads gitHeads(const GitRepository &repository, const CancelToken &cancel)
{
    GitHeads heads;
    addNamed(repository.handle(), "HEAD", heads);
    // What a merge, rebase or reset left behind: on this machine alone, like a reflog.
    git_oid id;
    for (const char *name : {"ORIG_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD"}) {
        if (git_reference_name_to_id(&id, repository.handle(), name) == 0)
            heads.reflogs.push_back(id);
    }
    addReferences(repository.handle(), cancel, heads);
    addWorktrees(repository, heads);
    return heads;
}

GitHeads checkedOutHead(const GitRepository &repository)
{
    GitHeads heads;
    git_reference *found = nullptr;
    if (git_repository_head(&found, repository.handle()) < 0)
        return heads;
    const GitReference head(found);
    if (git_reference_is_branch(found) == 1)
        heads.names.append(git_reference_name(found)).append(1, '\n');
    if (const git_oid *id = git_reference_target(found))
        addTarget(repository.handle(), *id, holderNamed(git_reference_name(found)), heads);
    return heads;
}

} // namespace cockpit
