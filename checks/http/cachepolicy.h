// Who may keep a copy of an answer (RFC 9111), from its headers.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

struct CachePolicy
{
    bool hasCacheControl = false;
    bool noStore = false;
    bool isPrivate = false;
    bool noCache = false;
    bool isPublic = false;
    qint64 sharedSeconds = -1;       // s-maxage, else max-age; -1: not stated
    bool wasServedFromCache = false; // Age above zero, or a known cache's field says hit

    // A cache that serves several people may store the answer without asking first: an explicit life, or the
    // heuristics of section 4.2.2 when nothing is said.
    bool sharedCacheMayStore(int status) const;
    // The same, because the answer says so itself.
    bool invitesSharedCaches(int status) const;
    bool operator==(const CachePolicy &) const = default;
};

CachePolicy cachePolicyOf(const HttpResponse &response);

} // namespace cockpit
