// Where the histories of a repository begin, and the texts that stand beside its objects. Internal to the folder.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/blobplace.h"
#include "checks/secrets/wipedmemory.h"

#include <git2/oid.h>

#include <vector>

namespace cockpit {

struct GitHeads
{
    std::vector<git_oid> references;  // what branches, tags, notes, the stash and HEADs of all worktrees point at
    std::vector<Holder> holders;      // what each of these is
    std::vector<git_oid> annotations; // annotated tags among them, and those that they point at
    std::vector<git_oid> stashes;     // the older ones, which the reflog of the stash keeps
    std::vector<git_oid> reflogs;     // what the others pointed at before
    WipedBytes names;                 // of all references, one a line
    WipedBytes reflogTexts;           // messages, one a line: commit subjects that were amended away, addresses pulled
};

// What cannot be read is left out, as git does.
GitHeads gitHeads(const GitRepository &repository, const CancelToken &cancel);
// The commit that is checked out, and the name of the branch that it is on: nothing of what others work on. Empty
// before the first commit.
GitHeads checkedOutHead(const GitRepository &repository);

} // namespace cockpit
