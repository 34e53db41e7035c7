// What must be true of a repository's folder before libgit2 opens it: it reads what is there, would wait for a pipe
// forever, and goes wherever a file tells it to. Internal to the folder.
//
// What leads out of the folder that was named is followed where git itself writes both ends of the way, or has to go
// there to read the history at all:
//  - .git, a file or a link, to a folder that knows of this working tree (a second working tree, a submodule, a folder
//    kept apart);
//  - commondir from .git/worktrees/NAME of a second working tree to that very .git;
//  - objects/info/alternates to the objects of another repository (git clone --shared, --reference).
// Everything else that leads out is refused: another commondir, links in place of objects and references.
#pragma once

#include "checks/engine/canceltoken.h"
#include "models/result.h"

#include <QString>

#include <optional>

namespace cockpit {

struct GitFolder
{
    QString workTree; // canonical: where .git is; empty for one that is named itself, or is bare
    QString folder;   // canonical: where .git leads to, or the bare one
};

// The repository that the folder stands in, upwards in one file system, or is: as git looks for it. Nothing where there
// is none.
std::optional<GitFolder> locateGitFolder(const QString &start);

// The folder that all working trees of a repository share: this one, or the one whose "worktrees" this one is in. Fails
// with NotPermitted where its commondir leads anywhere else. gitFolder: canonical.
[[nodiscard]] Result<QString> commonGitFolder(const QString &gitFolder);

// Looked through before it is opened. Fails with NotPermitted where it leads out as said above, or where there are
// pipes, devices, files of an absurd size or more files than any repository has in what would be read, or among what
// its configuration includes; Cancelled.
[[nodiscard]] Result<void> checkGitFolder(const GitFolder &located, const CancelToken &cancel);

} // namespace cockpit
