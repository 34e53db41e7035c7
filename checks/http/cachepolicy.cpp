#include "checks/http/cachepolicy.h"

#include "checks/http/cachehit.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// RFC 9110 section 15.1.
constexpr std::array kHeuristicallyCacheable{200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501};
// The first that is there and not empty decides for a cache in front of the server (RFC 9213 section 2.1): a vendor's
// own, then the common one, then the older of the two.
constexpr std::array kSharedFields{"cloudflare-cdn-cache-control", "vercel-cdn-cache-control",
                                   "netlify-cdn-cache-control", "cdn-cache-control", "surrogate-control"};

QByteArrayList linesOf(const HttpResponse &response, const char *name)
{
    const auto values = response.headerValues(name);
    return {values.begin(), values.end()};
}

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
std::optional<QDateTime> dateIn(const HttpResponse &response, const char *name)
{
    QString text = QString::fromLatin1(response.header(name).value_or(QByteArray())).trimmed();
    if (!text.endsWith(" GMT"_L1))
        return std::nullopt;
    text.chop(4);
    QDateTime date = QLocale::c().toDateTime(text, u"ddd, dd MMM yyyy hh:mm:ss"_s);
    date.setTimeSpec(Qt::UTC);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

// An Expires that is no date, such as 0, is in the past (RFC 9111 section 5.3).
qint64 lifeByExpires(const HttpResponse &response)
{
    if (!response.header("expires"))
        return -1;
    const auto expires = dateIn(response, "expires");
    const auto sent = dateIn(response, "date");
    return expires && sent ? std::max(qint64(0), sent->secsTo(*expires)) : 0;
}

void chooseShared(CachePolicy &policy, const HttpResponse &response)
{
    policy.shared = policy.browser;
    if (!policy.browser.isEmpty)
        policy.sharedField = "cache-control";
    for (const char *name : kSharedFields) {
        const CacheControl control = parseCacheControl(linesOf(response, name));
        if (!control.isEmpty) {
            policy.shared = control;
            policy.sharedField = name;
            return;
        }
    }
}

bool variesByLogin(const HttpResponse &response)
{
    for (const QByteArray &line : linesOf(response, "vary")) {
        for (const QByteArray &part : line.toLower().split(',')) {
            const QByteArray name = part.trimmed();
            if (name == "cookie" || name == "authorization" || name == "*")
                return true;
        }
    }
    return false;
}

bool isHeuristicallyCacheable(int status)
{
    return std::ranges::find(kHeuristicallyCacheable, status) != kHeuristicallyCacheable.end();
}

} // namespace

bool CachePolicy::sharedCacheMayStore(int status) const
{
    if (shared.noStore || shared.isPrivate || shared.noCache || sharedSeconds == 0)
        return false;
    return sharedSeconds > 0 || shared.isPublic || isHeuristicallyCacheable(status);
}

bool CachePolicy::sharedCacheMayStoreWithLogin(int status) const
{
    return sharedCacheMayStore(status) && (shared.isPublic || shared.sharedMaxAge || shared.mustRevalidate);
}

bool CachePolicy::invitesSharedCaches(int status) const
{
    return sharedCacheMayStore(status) && (sharedSeconds > 0 || shared.isPublic);
}

CachePolicy cachePolicyOf(const HttpResponse &response)
{
    CachePolicy policy;
    policy.browser = parseCacheControl(linesOf(response, "cache-control"));
    chooseShared(policy, response);
    const qint64 byExpires = lifeByExpires(response);
    policy.browserSeconds = policy.browser.maxAge.value_or(byExpires);
    // A field for the edge alone replaces Expires as well.
    const bool isCommon = policy.sharedField.isEmpty() || policy.sharedField == "cache-control";
    policy.sharedSeconds =
        policy.shared.sharedMaxAge.value_or(policy.shared.maxAge.value_or(isCommon ? byExpires : -1));
    policy.hasValidator = response.header("etag") || response.header("last-modified");
    policy.variesByLogin = variesByLogin(response);
    const auto hit = cacheHitIn(response);
    policy.wasServedFromCache = hit && hit->state == CacheState::Hit;
    return policy;
}

} // namespace cockpit
