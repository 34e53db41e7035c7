// What stands in archives and app packages (zip, jar, apk, aab, ipa, tar, tar.gz, tar.xz, tar.zst, deb, rpm, a single
// .gz or stream of zlib) and in the streams of a PDF, unpacked in memory piece by piece: nothing is written to disk,
// and names in archives are only ever shown.
#pragma once

#include "checks/engine/canceltoken.h"
#include "models/result.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <functional>
#include <span>
#include <vector>

namespace cockpit {

// Bounds for one archive and all that is nested in it.
struct ArchiveLimits
{
    qint64 largestEntry = qint64(32) << 20; // read of one entry: source and bundles are smaller, films are not
    qint64 largestTotal = qint64(2) << 30;  // unpacked: an app package of the largest kind that a store accepts
    qint64 highestRatio = 100;              // unpacked to packed: logs reach 50, bombs start at 1000…
    qint64 ratioFrom = qint64(16) << 20;    // …once this much was unpacked: a small file of blanks is no bomb
    qint64 mostEntries = 200'000;           // a large product with all its dependencies has half as many
    int deepest = 3;                        // archives in archives: an apk in a zip in a backup
    std::chrono::milliseconds longest = std::chrono::minutes(2);
};

enum class ArchiveEntryKind {
    File,
    Container, // what was walked, for the texts in it that are not packed
    Stream,    // a part of a file that is handed out, too
};

struct PackedRange
{
    qsizetype from = 0;
    qsizetype to = 0;
};

struct ArchiveEntry
{
    QString path;         // "app.apk!/assets/index.js", to be shown alone: it may say anything
    QByteArrayView bytes; // until the visitor returns
    bool isCut = false;   // there is more of it than largestEntry
    int depth = 1;        // 2: in an archive in the archive
    ArchiveEntryKind kind = ArchiveEntryKind::File;
    // Of the bytes, by place: what was unpacked and handed out before, by this path or below it. What is stored rather
    // than compressed (RFC 1951, 3.2.4) stands in them in the clear once more.
    std::span<const PackedRange> unpacked = {};
    QString unpackedAs = {};
};

struct ArchiveReport
{
    static constexpr size_t kMostNamed = 20;

    qint64 entries = 0;  // files, handed out or not
    qint64 bytes = 0;    // unpacked
    qint64 archives = 0; // the outer one included
    qint64 cut = 0;
    qint64 encrypted = 0;
    qint64 broken = 0;   // archives or entries that break off or are damaged
    qint64 tooDeep = 0;  // archives that were not opened
    qint64 oddPaths = 0; // names that would leave the folder they are unpacked to
    bool isWhole = true; // false: a limit stopped it before its end
    QStringList named;   // what is encrypted, broken or too deep
    QString stoppedBy;   // a sentence, unless whole
};

using OnArchiveEntry = std::function<void(const ArchiveEntry &)>;

// By the first bytes (512 tell all): names lie. An old tar without its mark is taken by its name.
bool isArchive(QByteArrayView firstBytes, QStringView name);

// name: how the archive is shown. Nested archives are opened, not handed out, but for what has texts in the clear
// beside what is packed (PDF, RPM): that is handed out by its own name, too, the outermost as well. Of a stream of zlib
// what stands behind it, and all of one that is damaged, is handed out as "name!/rest". Fails with
// NotPermitted for a file that cannot be opened or is no regular one, Protocol for no archive at all, Cancelled. What
// is encrypted, broken or beyond a limit is in the report: the entries before it were handed out.
[[nodiscard]] Result<ArchiveReport> walkArchiveFile(const QString &path, const QString &name,
                                                    const ArchiveLimits &limits, const OnArchiveEntry &onEntry,
                                                    const CancelToken &cancel);
// The same of an open file, from its start; it is not closed.
[[nodiscard]] Result<ArchiveReport> walkArchiveDescriptor(int descriptor, const QString &name,
                                                          const ArchiveLimits &limits, const OnArchiveEntry &onEntry,
                                                          const CancelToken &cancel);
[[nodiscard]] Result<ArchiveReport> walkArchive(QByteArrayView bytes, const QString &name, const ArchiveLimits &limits,
                                                const OnArchiveEntry &onEntry, const CancelToken &cancel);

// What was not looked at, a sentence each; empty when all was.
QStringList gapSentences(const ArchiveReport &report, const QString &name);

} // namespace cockpit
