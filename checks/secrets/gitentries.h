// What libgit2 reads of a repository's folder, looked through before it does. Internal to the folder.
#pragma once

#include "checks/engine/canceltoken.h"
#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

// What there is to look through, and how far.
struct GitFolderBounds
{
    QStringList roots; // canonical: a link in the folder may lead to what is in one of them
    CancelToken cancel;
};

// folder: of a repository (objects, references, logs, settings; neither submodules nor what other programs keep there),
// or one of objects. Fails with NotPermitted for a pipe, a device, a file that libgit2 would read whole and that is
// larger than any repository has it, a link that leads out of the roots, or more entries than a repository has;
// Cancelled within a tenth of a second.
[[nodiscard]] Result<void> checkGitEntries(const QString &folder, const GitFolderBounds &bounds);
[[nodiscard]] Result<void> checkObjectEntries(const QString &folder, const GitFolderBounds &bounds);

// A regular file of at most 4096 bytes, without blanks around it: a pointer ("gitdir: …"), or a file of paths. Empty
// where there is none; nothing for a longer one. A pipe is not waited for.
std::optional<QByteArray> shortGitFile(const QString &path);
// The configuration of a repository, read in the same way. It has some 100 bytes for each branch that is tracked, so
// its bound is 1 MiB.
std::optional<QByteArray> gitSettingsFile(const QString &path);

// The same or inside.
bool isSameOrBelow(const QString &path, const QString &folder);

} // namespace cockpit
