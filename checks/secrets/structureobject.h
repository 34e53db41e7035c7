// The objects of git that say what others are: commits, folders, tags. Internal to the folder.
#pragma once

#include "checks/secrets/githandles.h"

namespace cockpit {

// A folder of a million files has some 40 MB.
constexpr size_t kLargestStructure = size_t(64) << 20;

// Reads it into memory, unless it says that it is larger: packed, a few megabytes may hold a terabyte. Returns the code
// of git_odb_read(), and GIT_EBUFS for what is too large; object is null then.
int readStructure(git_odb *odb, const git_oid &id, GitOdbObject &object);

} // namespace cockpit
