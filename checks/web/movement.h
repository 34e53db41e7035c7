// How visitors are moved on: the kinds of redirect that a status stands for, and pages that move a browser by
// themselves.
#pragma once

#include "checks/net/httpclient.h"

#include <optional>

namespace cockpit {

bool isRedirectStatus(int status); // 301, 302, 303, 307, 308
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
