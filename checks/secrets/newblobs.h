// What commits brought in that a revision does not have. Internal to the folder.
#pragma once

#include "checks/secrets/githeads.h"
#include "checks/secrets/oidset.h"

struct git_odb;

namespace cockpit {

struct NewObjects
{
    OidSet ids; // blobs, commits, and annotated tags
    qint64 unreadable = 0;
};

// base: the commit whose history is known. Fails with Cancelled alone.
[[nodiscard]] Result<NewObjects> newObjects(git_odb *odb, const GitHeads &heads, const git_oid &base,
                                            const CancelToken &cancel);

} // namespace cockpit
