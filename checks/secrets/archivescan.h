// The secrets in the texts of an archive or app package.
#pragma once

#include "checks/secrets/archivewalk.h"
#include "checks/secrets/textscanner.h"

#include <mutex>

namespace cockpit {

struct ArchivedHit
{
    SecretHit hit;
    QByteArray inner; // "!/assets/index.js", to stand behind the archive's own path; empty in a single compressed file
    bool isInName = false; // of the file or folder in the archive
};

struct ArchiveScan
{
    std::vector<ArchivedHit> found;
    ArchiveReport report;
    qint64 texts = 0;    // looked at, the programs included
    qint64 bytes = 0;    // of them
    qint64 programs = 0; // and other files that are no text, in any archive: their strings were looked at
    qint64 binaries = 0; // passed over
    // A file that was opened and keeps more than could be: it counts as passed over itself.
    bool isClosed = false;
    qint64 cutTexts = 0; // with more secrets than are kept of one
    qint64 vainMarks = 0;
    std::optional<Error> trouble; // of the search in its texts and names: they were not searched to their end

    // What was not looked at. shown: the archive's path for people.
    QStringList gaps(const QString &shown) const;
};

// Looks into one archive at a time for all threads that share it: what is unpacked is held in memory.
class ArchiveScanner
{
public:
    explicit ArchiveScanner(const ArchiveLimits &limits, const CancelToken &cancel) : m_limits(limits), m_cancel(cancel)
    {
    }

    // shown: the archive's path for people, in the report's sentences. Protocol: it is none that can be read. Cancelled
    // is an error, too; what was found before it is in `scan`.
    [[nodiscard]] Result<void> scanFile(int descriptor, const QString &shown, TextScanner &scanner, ArchiveScan &scan);
    [[nodiscard]] Result<void> scanBytes(QByteArrayView bytes, const QString &shown, TextScanner &scanner,
                                         ArchiveScan &scan);

private:
    const ArchiveLimits m_limits;
    const CancelToken m_cancel;
    std::mutex m_one;
};

} // namespace cockpit
