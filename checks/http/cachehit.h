// Did the answer come out of a cache in front of the server? Each vendor says it in a field of its own (facts 10).
#pragma once

#include "checks/net/httpclient.h"

#include <optional>

namespace cockpit {

enum class CacheState { Hit, Miss, Bypass, Unknown };
QString toWord(CacheState state); // "hit", "miss", "bypass", "unknown"

struct CacheHit
{
    QString vendor;
    CacheState state = CacheState::Unknown;
    QByteArray field; // "cf-cache-status"
    QByteArray value; // as it came
    bool operator==(const CacheHit &) const = default;
};

// By the first field that tells; empty when nothing speaks of a cache.
std::optional<CacheHit> cacheHitIn(const HttpResponse &response);

} // namespace cockpit
