#include "checks/http/cachehit.h"

#include "models/wordtable.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kStates{
    WordRow<CacheState>{CacheState::Hit, "hit"},
    WordRow<CacheState>{CacheState::Miss, "miss"},
    WordRow<CacheState>{CacheState::Bypass, "bypass"},
    WordRow<CacheState>{CacheState::Unknown, "unknown"},
};

// Words of all vendors; none of them means two things.
constexpr std::array kBypassWords{"bypass", "dynamic",     "none",    "config_nocache", "private_nostore",
                                  "pass",   "uncacheable", "hit-for", "error from"};
constexpr std::array kHitWords{"hit", "stale", "updating", "revalidated", "prerender", "refreshhit"};
constexpr std::array kMissWords{"miss", "expired", "fwd=", "origin"};

template<size_t N>
bool holdsOneOf(const QByteArray &text, const std::array<const char *, N> &words)
{
    return std::ranges::any_of(words, [&](const char *word) { return text.contains(word); });
}

CacheState stateOf(const QByteArray &text)
{
    if (holdsOneOf(text, kBypassWords))
        return CacheState::Bypass;
    if (holdsOneOf(text, kHitWords))
        return CacheState::Hit;
    return holdsOneOf(text, kMissWords) ? CacheState::Miss : CacheState::Unknown;
}

using Reader = CacheState (*)(const QByteArray &value);

CacheState byWord(const QByteArray &value)
{
    return stateOf(value.toLower());
}

// Each cache on the way adds itself; the last one is the nearest to us.
CacheState byLastOfList(const QByteArray &value)
{
    return stateOf(value.toLower().split(',').last());
}

// RFC 9211: a list of caches, the last one nearest to us; any of them may have had it.
CacheState byCacheStatus(const QByteArray &value)
{
    const QByteArrayList caches = value.toLower().split(',');
    const bool isHit = std::ranges::any_of(caches, [](const QByteArray &cache) {
        const QByteArrayList parts = cache.split(';');
        return std::ranges::any_of(parts, [](const QByteArray &part) { return part.trimmed() == "hit"; });
    });
    if (isHit)
        return CacheState::Hit;
    return value.contains("fwd=bypass") || value.contains("fwd=method") ? CacheState::Bypass : CacheState::Miss;
}

// Two transaction numbers: this one, and the one that fetched the copy.
CacheState byVarnishNumbers(const QByteArray &value)
{
    return value.simplified().contains(' ') ? CacheState::Hit : CacheState::Miss;
}

struct Source
{
    const char *vendor;
    const char *field;
    Reader read;
};

constexpr std::array kSources{
    Source{"Cloudflare", "cf-cache-status", byWord},  Source{"Vercel", "x-vercel-cache", byWord},
    Source{"Akamai", "akamai-cache-status", byWord},  Source{"Bunny", "cdn-cache", byWord},
    Source{"Sucuri", "x-sucuri-cache", byWord},       Source{"Cache-Status", "cache-status", byCacheStatus},
    Source{"Drupal", "x-drupal-cache", byWord},       Source{"Rack", "x-rack-cache", byWord},
    Source{"nginx", "x-cache-status", byWord},        Source{"proxy", "x-proxy-cache", byWord},
    Source{"X-Cache", "x-cache", byLastOfList}, // CloudFront, Fastly, Azure, KeyCDN
    Source{"Varnish", "x-varnish", byVarnishNumbers},
};

// Who writes X-Cache shows in other fields.
QString vendorOf(const Source &source, const HttpResponse &response)
{
    if (qstrcmp(source.field, "x-cache") != 0)
        return QString::fromLatin1(source.vendor);
    if (response.header("x-amz-cf-id") || response.header("x-amz-cf-pop"))
        return u"CloudFront"_s;
    if (response.header("x-served-by").value_or(QByteArray()).startsWith("cache-"))
        return u"Fastly"_s;
    if (response.header("x-azure-ref"))
        return u"Azure Front Door"_s;
    if (response.header("server").value_or(QByteArray()).toLower().contains("keycdn"))
        return u"KeyCDN"_s;
    return QString::fromLatin1(source.vendor);
}

// An age is a copy, whoever kept it.
std::optional<CacheHit> byAge(const HttpResponse &response)
{
    const QByteArray age = response.header("age").value_or(QByteArray());
    if (age.toLongLong() <= 0)
        return std::nullopt;
    const bool isGoogle = response.header("via").value_or(QByteArray()).toLower().contains("google");
    return CacheHit{isGoogle ? u"Google Cloud CDN"_s : QString(), CacheState::Hit, "age", age};
}

} // namespace

QString toWord(CacheState state)
{
    return wordOf(kStates, state);
}

std::optional<CacheHit> cacheHitIn(const HttpResponse &response)
{
    std::optional<CacheHit> first;
    for (const Source &source : kSources) {
        const auto value = response.header(source.field);
        if (!value || value->isEmpty())
            continue;
        CacheHit hit{vendorOf(source, response), source.read(*value), source.field, *value};
        if (hit.state == CacheState::Hit)
            return hit;
        if (!first)
            first = hit;
    }
    const auto aged = byAge(response);
    return aged ? aged : first;
}

} // namespace cockpit
