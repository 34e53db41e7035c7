// Which files name the packages that a product is built from, and how each is read.
#pragma once

#include "checks/secrets/dependencies/lockparsers.h"

namespace cockpit {

struct LockForm
{
    Ecosystem ecosystem = Ecosystem::Npm;
    LockParser parse = nullptr;
    QStringList manifests; // of the same folder, that help to tell what is used for what
};

// Larger ones are left out and named: the lock files of the largest public products stay below 10 MB.
constexpr qint64 kLargestLockFile = qint64(12) << 20;
constexpr qsizetype kMostLines = 1'000'000; // of one

// path: below the root, as it is shown. Null: no lock file.
const LockForm *lockFormFor(const QString &path);
// Of requirements.txt, for files that one includes: those have any name.
const LockForm &includedForm();
// A lock file of a form that nothing here reads: what it names is a gap, and said.
bool isUnreadLockFile(const QString &fileName);
// A manifest that some reader asks for.
bool isManifest(const QString &fileName);

// Reads it, and fills in the file and what its name says of the use. Cancelled where its token was.
[[nodiscard]] Result<LockReading> readLockFile(const QString &path, const LockText &text);
[[nodiscard]] Result<LockReading> readLockFile(const LockForm &form, const QString &path, LockText text);

} // namespace cockpit
