// The static files that a page loads from its own site, and what their headers say about keeping them.
#pragma once

#include "checks/http/cachehit.h"
#include "checks/http/cachepolicy.h"
#include "checks/web/htmlpage.h"

#include <vector>

namespace cockpit {

// What a file's address says of its content.
enum class Naming {
    ByContent, // another content gets another address ("app.3f9a1c7e.js", "index-DkR3xQ2z.css", "app.js?v=41"), so that
               // it may be kept for ever
    Stays,     // "app.js", "LoginForm.js"
    Unclear,   // letters that may be either: nothing is advised
};
Naming namingOf(const QUrl &url);

struct StaticAsset
{
    QUrl url;
    qint64 bytes = 0;      // as a visitor's browser unpacks them
    bool isText = false;   // worth compressing
    bool isPacked = false; // came compressed
    Naming naming = Naming::Unclear;
    bool setsCookie = false;
    CachePolicy policy;
    std::optional<CacheHit> hit;
};

// Scripts, styles and pictures of the page's own site, each once; at most kMostAssets.
constexpr size_t kMostAssets = 24;
std::vector<PagePart> ownAssets(const HtmlPage &page, const QUrl &url);

// answer: a 200.
StaticAsset assetOf(const HttpResponse &answer);

} // namespace cockpit
