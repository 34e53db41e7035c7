// The files that the next commit would add or change. Internal to the folder.
#pragma once

#include "checks/secrets/gitrepository.h"

#include <git2/oid.h>

#include <optional>
#include <vector>

namespace cockpit {

struct StagedFile
{
    git_oid id; // as it stands in the index
    QByteArray path;
    std::vector<git_oid> before; // what the last commit has of it, under this name or its former one; empty: it is new
};

[[nodiscard]] Result<std::vector<StagedFile>> stagedFiles(const GitRepository &repository, const QString &indexFile);
// One file as it stands in the index; nothing: it does not, or the index cannot be read.
std::optional<git_oid> stagedId(const GitRepository &repository, const QString &indexFile, const QByteArray &path);

} // namespace cockpit
