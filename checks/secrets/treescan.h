// The secrets in the files below a folder and in the archives among them.
#pragma once

#include "checks/secrets/foundsecret.h"
#include "checks/secrets/outsidesettings.h"
#include "checks/secrets/treewalk.h"

#include <atomic>

namespace cockpit {

struct TreeScan
{
    WalkTotals walk;
    std::vector<FoundSecret> found; // by path, then by place; in names of files and folders, too
    qint64 bytes = 0;               // looked at
    qint64 binaries = 0;            // pictures and their like: passed over
    qint64 programs = 0;            // and other files that are no text: their strings were looked at, in archives, too
    qint64 archives = 0;            // looked into; files of the walk, and no binaries
    qint64 archivedTexts = 0;       // looked at in them
    qint64 archivedBinaries = 0;    // in them, and passed over
    QStringList archiveGaps;        // what was not looked at in archives and names, and pointers of Git LFS, a sentence
                                    // each; kMostGaps at most
    qint64 lfsPointers = 0;         // of the files: what they stand for is not here, and was not looked at
    qint64 cutFiles = 0;            // files with more than is kept of one, or of all
    qint64 vainMarks = 0;           // remarks that count for nothing (allowmark.h)
    OutsideFiles outside = {};      // of settings, behind links of the walk that were not followed

    static constexpr qsizetype kMostGaps = 50;
    static constexpr size_t kMostFound = 100000; // kept, of all files: memory is bounded whatever the tree holds
};

// Written by the workers while they go on.
struct TreeProgress
{
    std::atomic<qint64> files{0};
    std::atomic<qint64> bytes{0};
};

// As many threads as the machine has processors, sixteen at most. An error is of the root; a stopped scan returns what
// it found. The hits point into the patterns.
[[nodiscard]] Result<TreeScan> scanTree(const QString &root, const std::shared_ptr<const PatternSet> &patterns,
                                        const ScanSettings &settings, TreeProgress &progress);

} // namespace cockpit
