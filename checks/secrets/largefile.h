// What can be told of a file that git holds and that is too large to be read: where it stands, and by its beginning
// that it is a picture or its like. Internal to the folder.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/gitrepository.h"

#include <QByteArray>

#include <string_view>

#include <git2/oid.h>

struct git_odb;

namespace cockpit {

struct LargeFile
{
    git_oid id{};
    qint64 size = 0;      // bytes
    QByteArray path = {}; // below the working tree; empty: nobody knows it
    bool isMedia = false; // a picture, a film (mediaform.h); false also where that cannot be told
};

// By the first bytes (kDecidesForm of textform.h) and the path, where it is known.
bool isPassedOver(std::string_view beginning, const QByteArray &path);

// Completes what is known of the file. The same first bytes decide as of a smaller one; an archive, and what is called
// like settings, is never passed over. Of an object in a file of its own they are unpacked. Of a packed one libgit2
// gives no beginning, so it is told by the file of the working tree, as the index names it, if that is the same file:
// it is read to its end to know, a piece at a time. After a stop nothing is told. In the thread that owns the
// repository and the objects.
LargeFile lookAtLargeFile(LargeFile file, git_odb *objects, const GitRepository &repository, const CancelToken &token);

} // namespace cockpit
