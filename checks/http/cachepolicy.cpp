#include "checks/http/cachepolicy.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

// RFC 9110 section 15.1.
constexpr std::array kHeuristicallyCacheable{200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501};
constexpr std::array kHitHeaders{"cf-cache-status", "x-cache",      "x-vercel-cache", "x-cache-status",
                                 "x-proxy-cache",   "cache-status", "cdn-cache"};

bool isHit(const QByteArray &value)
{
    const QByteArray word = value.toLower();
    return (word.contains("hit") && !word.contains("hit-for")) || word.startsWith("stale") || word.contains("; hit");
}

qint64 secondsIn(const QByteArray &directive)
{
    QByteArray number = directive.sliced(directive.indexOf('=') + 1).trimmed();
    number.replace('"', "");
    bool isNumber = false;
    const qint64 seconds = number.toLongLong(&isNumber);
    return isNumber ? seconds : -1;
}

void readDirective(CachePolicy &policy, qint64 &maxAge, qint64 &sharedMaxAge, const QByteArray &directive)
{
    if (directive == "no-store")
        policy.noStore = true;
    else if (directive == "private")
        policy.isPrivate = true;
    else if (directive == "no-cache")
        policy.noCache = true;
    else if (directive == "public")
        policy.isPublic = true;
    else if (directive.startsWith("s-maxage="))
        sharedMaxAge = secondsIn(directive);
    else if (directive.startsWith("max-age="))
        maxAge = secondsIn(directive);
}

} // namespace

bool CachePolicy::sharedCacheMayStore(int status) const
{
    if (noStore || isPrivate || noCache || sharedSeconds == 0)
        return false;
    return sharedSeconds > 0 || isPublic ||
           std::ranges::find(kHeuristicallyCacheable, status) != kHeuristicallyCacheable.end();
}

bool CachePolicy::invitesSharedCaches(int status) const
{
    return sharedCacheMayStore(status) && (sharedSeconds > 0 || isPublic);
}

CachePolicy cachePolicyOf(const HttpResponse &response)
{
    CachePolicy policy;
    qint64 maxAge = -1;
    qint64 sharedMaxAge = -1;
    for (const QByteArray &line : response.headerValues("cache-control")) {
        policy.hasCacheControl = true;
        for (const QByteArray &part : line.split(','))
            readDirective(policy, maxAge, sharedMaxAge, part.trimmed().toLower());
    }
    policy.sharedSeconds = sharedMaxAge >= 0 ? sharedMaxAge : maxAge;
    policy.wasServedFromCache = response.header("age").value_or(QByteArray()).toLongLong() > 0 ||
                                std::ranges::any_of(kHitHeaders, [&](const char *name) {
                                    return isHit(response.header(name).value_or(QByteArray()));
                                });
    return policy;
}

} // namespace cockpit
