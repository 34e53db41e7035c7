// Who made a commit or a tag, and when. Internal to the folder.
#pragma once

#include "checks/secrets/blobplace.h"

#include <git2/types.h>

#include <QByteArrayView>

#include <optional>

namespace cockpit {

// Empty for what cannot be read, and for what is neither.
std::optional<CommitNote> readNote(git_odb *odb, const git_oid &id);
// The same from the bytes of one: what is not there, or not right, is left empty.
CommitNote parseNote(QByteArrayView object, const git_oid &id);

} // namespace cockpit
