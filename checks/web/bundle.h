// The code that a page hands to browsers: inline scripts, script files of the same registrable domain, and the chunks
// that those name.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

#include <vector>

namespace cockpit {

struct BundleFile
{
    QUrl url; // of the page for inline scripts
    QByteArray code;
    bool isInline = false;
    bool isTruncated = false;
};

struct Bundle
{
    std::vector<BundleFile> files;
    int skipped = 0; // files that were not read: too many, too long, or no answer
};

// Limits of facts 14.2, made smaller for a first look.
constexpr size_t kMostBundleFiles = 60;
constexpr qint64 kLongestBundleFile = 8 * 1024 * 1024;
constexpr qint64 kLargestBundle = 64 * 1024 * 1024;

[[nodiscard]] Result<Bundle> collectBundle(Observations &seen, const HttpResponse &page);

// Script addresses that a script names: import("./x.js"), "static/chunks/x.js", "/_next/static/…".
std::vector<QUrl> chunksNamedIn(const QByteArray &code, const QUrl &url);

} // namespace cockpit
