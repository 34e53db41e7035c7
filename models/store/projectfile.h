// What can be told about a project file before SQLite touches it, so that what is refused stays as it was, byte by
// byte.
#pragma once

#include "models/result.h"

#include <QLockFile>

#include <memory>

namespace cockpit::store {

// "LCPT" in SQLite's application_id: tells our files from other databases (`file` prints it too).
constexpr qint32 kApplicationId = 0x4C435054;

struct FileHeader
{
    qint32 applicationId = 0;
    int schemaVersion = 0;
};

// Reads the first 100 bytes (https://www.sqlite.org/fileformat.html#the_database_header). NotFound, NotPermitted, or
// BadInput for an empty file, a text file or a database that is not ours.
[[nodiscard]] Result<FileHeader> readHeader(const QString &path);

// Tells one file from another at the same path (device and inode); 0 when there is none.
quint64 fileIdentity(const QString &path);

Error damagedFile(const QString &path, const QString &detail);
Error newerFile(const QString &path);

// A living process on this computer, and not this one, has it open for writing.
bool isOpenElsewhere(const QString &path);

// The lock that keeps a second window from writing. A lock whose process is gone (kill -9, power cut) is taken over.
[[nodiscard]] Result<std::unique_ptr<QLockFile>> lockForWriting(const QString &path);

} // namespace cockpit::store
