// The code that a page hands to browsers: the page itself with its inline scripts, state, comments and meta tags, what
// it writes into itself piece by piece, script files of the same registrable domain, the chunks and the source maps
// that those name, and the files at their usual places that list more of them.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "checks/web/chunkmaps.h"

#include <vector>

namespace cockpit {

struct BundleFile
{
    QUrl url; // of the page for inline scripts, of the script for a map inside it
    QByteArray code;
    bool isInline = false;
    bool isTruncated = false; // counts as skipped, too
    bool isSourceMap = false; // holds the text of the program as it was written
    bool isUnnamed = false;   // found at its usual place, no file names it
};

struct Bundle
{
    std::vector<BundleFile> files; // each text once
    int skipped = 0;               // files that are there and were not read whole: too many, too long, refused, silent
    int skippedMaps = 0;           // of these, source maps: nothing that runs is missing
};

// The limits of facts 14.2.
constexpr size_t kMostBundleFiles = 400;
constexpr qint64 kLongestBundleFile = 8LL * 1024 * 1024;
constexpr qint64 kLargestBundle = 64LL * 1024 * 1024;

// Collected once in a run: several checks read it, and its names are mined out of megabytes.
struct BundleOfPage
{
    using Answer = Bundle;

    HttpResponse page;

    QString key() const;
    int roundTrips() const { return 0; } // its files ask
};
[[nodiscard]] Result<Bundle> probe(const BundleOfPage &question, ProbeContext &context);

// Never null.
Observations::Shared<Bundle> bundleOf(const HttpResponse &page, Observations &seen);

} // namespace cockpit
