// Who may keep a copy of an answer (RFC 9111), from its headers.
#pragma once

#include "checks/http/cachecontrol.h"
#include "checks/net/httpclient.h"

namespace cockpit {

struct CachePolicy
{
    CacheControl browser;            // Cache-Control
    CacheControl shared;             // the field that a cache in front of the server goes by
    QByteArray sharedField;          // its name in lower case; empty: none of them is there
    qint64 browserSeconds = -1;      // max-age, else Expires after Date; -1: not stated
    qint64 sharedSeconds = -1;       // s-maxage, else max-age, else Expires; -1: not stated
    bool hasValidator = false;       // ETag or Last-Modified: a copy can be asked about
    bool variesByLogin = false;      // Vary names Cookie or Authorization, or is *
    bool wasServedFromCache = false; // Age above zero, or a known cache's field says hit

    // A cache that serves several people may store the answer and give it out without asking first: an explicit life,
    // or the heuristics of section 4.2.2 when nothing is said. Neither a Cookie in the request nor a Set-Cookie in the
    // answer forbids it.
    bool sharedCacheMayStore(int status) const;
    // The same for an answer to a request with Authorization (section 3.5).
    bool sharedCacheMayStoreWithLogin(int status) const;
    // The same, because the answer says so itself.
    bool invitesSharedCaches(int status) const;
    bool operator==(const CachePolicy &) const = default;
};

CachePolicy cachePolicyOf(const HttpResponse &response);

} // namespace cockpit
