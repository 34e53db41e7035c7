// How visitors are moved on: the kinds of redirect that a status stands for, and pages that move a browser by
// themselves.
#pragma once

#include "checks/net/httpclient.h"
#include "checks/net/location.h"

#include <optional>

namespace cockpit {

// The path without the slashes at its end: one more or less is the same page to everybody. Empty for the front page.
QString pagePath(const QUrl &url);
// Everything in the query of `wanted` is in that of url; what an app adds (a language) loses nothing.
bool holdsQuery(const QUrl &url, const QUrl &wanted);

// 301 and 308 are for good (RFC 9110 section 15.4): browsers and search engines remember them.
bool isPermanentRedirect(int status);
// "301 (for good; a POST may become a GET)"; the number alone for what is no redirect.
QString describeStatus(int status);

// A page that sends the browser on by itself: programs and many search engines stay.
enum class SoftKind { MetaRefresh, RefreshHeader, Script };
struct SoftRedirect
{
    SoftKind kind = SoftKind::MetaRefresh;
    QUrl to;
    bool operator==(const SoftRedirect &) const = default;
};
QString toWord(SoftKind kind);
QString labelOf(SoftKind kind); // "a meta refresh"

// A refresh to another address, or a short script on a page of little text that sets the location outright. Empty for
// other answers and for a page that only loads itself again.
std::optional<SoftRedirect> softRedirectOf(const HttpResponse &page);

} // namespace cockpit
