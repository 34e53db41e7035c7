// The secrets in what git holds: the history, a part of it, or what is staged.
#pragma once

#include "checks/secrets/foundsecret.h"

#include <atomic>

namespace cockpit {

enum class HistoryStage { Listing, Reading, Placing };

// Written by the workers while they go on.
struct HistoryProgress
{
    std::atomic<HistoryStage> stage{HistoryStage::Listing};
    std::atomic<qint64> objects{0}; // to read
    std::atomic<qint64> done{0};
    std::atomic<qint64> bytes{0};
};

struct HistoryScan
{
    // By path, then by value. A value that stands in many versions of a file is one of them: with the
    // line of the first, the remark (allowmark.h) and the standing of the last.
    std::vector<FoundSecret> found;
    BlobCounts counts;
    qint64 commits = 0;          // whose messages were read
    qint64 bytes = 0;            // looked at
    qint64 binaries = 0;         // versions of pictures and their like: not looked at
    qint64 archivedBinaries = 0; // in archives
    qint64 archives = 0;         // looked into
    // Files that were to be looked at and could not be, or not to their end: too large, too deep, broken, encrypted,
    // with more than is listed; of a change also files of Git LFS that are not here. Else what git does not hold itself
    // (LFS, submodules) is a gap and none of them.
    qint64 unseen = 0;
    qint64 vainMarks = 0; // remarks that count for nothing (allowmark.h)
    QStringList gaps;     // what was not looked at, a sentence each
    bool isStopped = false;

    // Kept, of all versions. Values that are met for the first time have room beyond it.
    static constexpr size_t kMostHits = 100'000;
    static constexpr size_t kMostValues = 50'000;
};

// As many threads as the machine has processors, sixteen at most; in each a reader of the walk. A stopped scan returns
// what it found, without commits where they were not looked up yet. The hits point into the patterns. In the thread
// that owns the repository; the walk is one of that repository, with the same token as the settings. Fails where a text
// could not be searched (TextScan::trouble()): of a change that is guarded nothing else would be safe to say.
// lookedAt: other working trees whose history is looked at, too; a submodule among them is no gap of this one.
[[nodiscard]] Result<HistoryScan> scanHistory(const GitRepository &repository, const BlobWalk &walk,
                                              const std::shared_ptr<const PatternSet> &patterns,
                                              const ScanSettings &settings, HistoryProgress &progress,
                                              const QStringList &lookedAt = {});

} // namespace cockpit
