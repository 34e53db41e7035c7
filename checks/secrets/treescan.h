// The secrets in the files below a folder.
#pragma once

#include "checks/secrets/placeweight.h"
#include "checks/secrets/textscanner.h"
#include "checks/secrets/treewalk.h"

#include <atomic>

namespace cockpit {

struct FoundSecret
{
    SecretHit hit;   // its severity is weighed by the place
    QByteArray path; // below the root
    PlaceWeight weight = PlaceWeight::Full;
};

struct TreeScan
{
    WalkTotals walk;
    std::vector<FoundSecret> found; // by path, then by place
    qint64 bytes = 0;               // looked at
    qint64 binaries = 0;            // files that are no text: passed over
    qint64 cutFiles = 0;            // files with more than is kept of one, or of all
    qint64 allowsWithoutReason = 0;

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
