// The workers that search each text of a history once, and what they found and had to leave. Internal to the folder.
#pragma once

#include "checks/secrets/archivescan.h"
#include "checks/secrets/historyscan.h"
#include "checks/secrets/hitledger.h"
#include "checks/secrets/peoplehits.h"

#include <atomic>
#include <mutex>

namespace cockpit {

// One use. What it is given outlives it.
class HistoryScanner
{
public:
    HistoryScanner(const BlobWalk &walk, const std::shared_ptr<const PatternSet> &patterns,
                   const ScanSettings &settings, HistoryProgress &progress);

    // What a text could not be searched for, else why the first worker could not begin.
    Result<void> read();
    // After read(): which commits and tags name those in whose names something was found.
    [[nodiscard]] Result<void> placePeople(const GitRepository &repository);
    HitLedger &ledger() { return m_ledger; } // after both
    // gaps: of the walk.
    void fill(HistoryScan &scan, const BlobGaps &gaps) const;

private:
    Result<void> work();
    [[nodiscard]] Result<void> look(const BlobText &text, TextScanner &scanner, const BlobReader &reader);
    void keep(const BlobText &text, std::vector<SecretHit> &hits, const BlobReader &reader);
    [[nodiscard]] Result<void> lookAtNames(const BlobText &text, TextScanner &scanner);
    [[nodiscard]] Result<void> lookAtPerson(const BlobText &text, TextScanner &scanner);
    static TextScan scanned(const BlobText &text, TextScanner &scanner);
    // False: it is none that can be read.
    [[nodiscard]] Result<bool> lookIntoArchive(const BlobText &text, TextScanner &scanner);
    void noteArchive(const BlobText &text, const ArchiveScan &archive);
    void noteGaps(const QStringList &gaps);
    void noteTrouble(const Error &trouble);

    const BlobWalk &m_walk;
    const std::shared_ptr<const PatternSet> &m_patterns;
    const ScanSettings &m_settings;
    HistoryProgress &m_progress;
    ArchiveScanner m_archives;
    HitLedger m_ledger;
    PeopleHits m_people{m_ledger};
    std::atomic<qint64> m_bytes{0};
    std::atomic<qint64> m_binaries{0};
    std::atomic<qint64> m_archivedBinaries{0};
    std::atomic<qint64> m_unseenArchives{0}; // not opened, or not to their end
    std::atomic<qint64> m_archivesRead{0};
    std::atomic<qint64> m_cutTexts{0};
    std::atomic<bool> m_isTroubled{false};
    std::mutex m_mutex; // of what follows
    QStringList m_archiveGaps;
    std::optional<Error> m_trouble; // of the search: the first
};

} // namespace cockpit
