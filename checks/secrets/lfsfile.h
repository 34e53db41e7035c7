// Files that Git LFS keeps outside of git's objects: a pointer stands in their place. Internal to the folder.
// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/gitrepository.h"
#include "checks/secrets/wipedmemory.h"

#include <QByteArrayView>

#include <optional>

namespace cockpit {

constexpr qint64 kLongestLfsPointer = 1024; // bytes: "must be less than 1024"

// By its first bytes; size: of all of it.
bool isLfsPointer(QByteArrayView beginning, qint64 size);

struct LfsPointer
{
    QByteArray id;   // SHA-256 of the file, in 64 lower-case hexadecimal digits
    qint64 size = 0; // of the file, in bytes
};

// Nothing for what no version of Git LFS wrote: its id would be a part of a path, and what else stands in it would be
// looked at by nobody once the file is taken in its place. So it holds the lines of the specification, each as it is
// said there, in that order, and no other one; a name of an extension is of small letters alone, since a token fits
// into what the specification lets one have.
std::optional<LfsPointer> parseLfsPointer(QByteArrayView pointer);

// What this machine has of the file (.git/lfs/objects), from its beginning and at most so many bytes; fewer only where
// the file is shorter. It is read to its end, a piece at a time, to know that it is what the pointer names: nothing
// where it is not there, has another size or another SHA-256, cannot be read, or after a stop.
std::optional<WipedBytes> readLfsFile(const GitRepository &repository, const LfsPointer &pointer, qint64 most,
                                      const CancelToken &token);

} // namespace cockpit
