// The code that a page hands to browsers: inline scripts, script files of the same registrable domain, the chunks and
// the source maps that those name.
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
    bool isSourceMap = false; // holds the text of the program as it was written
};

struct Bundle
{
    std::vector<BundleFile> files;
    int skipped = 0; // files that are there and were not read: too many, too long, refused, no answer
};

// Limits of facts 14.2, made smaller for a first look.
constexpr size_t kMostBundleFiles = 60;
constexpr qint64 kLongestBundleFile = 8LL * 1024 * 1024;
constexpr qint64 kLargestBundle = 64LL * 1024 * 1024;

[[nodiscard]] Result<Bundle> collectBundle(Observations &seen, const HttpResponse &page);

// Script addresses that a script names: import("./x.js"), "static/chunks/x.js", "/_next/static/…".
std::vector<QUrl> chunksNamedIn(const QByteArray &code, const QUrl &url);

// The source map that a script refers to in its last lines, "//# sourceMappingURL=app.js.map"; empty without one. A
// map inside a data: address is not a file of its own.
QUrl sourceMapNamedIn(const QByteArray &code, const QUrl &url);

// "fetch('/api/users')", `/api/teams/${id}`: addresses of an API as the code spells them, holes turned into {param}.
QStringList apiPathsNamedIn(const QByteArray &code);

} // namespace cockpit
