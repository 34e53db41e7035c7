// What the commits that heads lead to brought in and a revision does not have. Internal to the folder.
#pragma once

#include "checks/secrets/broughtlines.h"
#include "checks/secrets/githeads.h"
#include "checks/secrets/oidset.h"

#include <unordered_map>

struct git_odb;

namespace cockpit {

struct NewObjects
{
    OidSet ids;                                           // blobs, commits, and annotated tags
    std::unordered_map<quint32, EarlierVersions> earlier; // of the blobs, by their numbers in ids
    qint64 unreadable = 0;
    qint64 tooDeep = 0; // folders of the change that lie in more than kDeepestFolder others: not gone into
};

// base: the commit whose history is known. Fails with Cancelled alone.
[[nodiscard]] Result<NewObjects> newObjects(git_odb *odb, const GitHeads &heads, const git_oid &base,
                                            const CancelToken &cancel);

} // namespace cockpit
