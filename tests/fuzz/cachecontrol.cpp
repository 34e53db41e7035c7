// Cache-Control and its like, structured fields, and what the headers of an answer say about caches together.
#include "fuzz/fuzz.h"

#include "checks/http/cachehit.h"
#include "checks/http/cachepolicy.h"
#include "checks/http/permissionspolicy.h"
#include "checks/http/structuredfield.h"

using namespace cockpit;

namespace {

HttpResponse answerWith(const QByteArray &lines)
{
    HttpResponse response;
    response.status = 200;
    for (const QByteArray &line : lines.split('\n')) {
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            response.headers.push_back({line.first(colon), line.sliced(colon + 1).trimmed()});
    }
    return response;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray text = inputOf(bytes, size);
    const CacheControl control = parseCacheControl(text.split('\n'));
    promise(control.maxAge.value_or(0) >= 0 && control.sharedMaxAge.value_or(0) >= 0, "a life is not negative");
    promise(!control.isEmpty || control == CacheControl(), "no directive says nothing");

    const HttpResponse answer = answerWith(text);
    const CachePolicy policy = cachePolicyOf(answer);
    promise(!policy.sharedCacheMayStoreWithLogin(200) || policy.sharedCacheMayStore(200), "a login makes it stricter");
    promise(!policy.invitesSharedCaches(200) || policy.sharedCacheMayStore(200), "an invitation is a leave");
    promise(policy.browserSeconds >= -1 && policy.sharedSeconds >= -1, "a life is not negative");
    if (const auto hit = cacheHitIn(answer))
        promise(!hit->field.isEmpty() && !hit->value.isEmpty(), "a hit stands in a field");

    if (const auto item = parseFieldItem(text))
        promise(item->kind != FieldItem::Kind::Token || !item->text.isEmpty(), "a token is not empty");
    parsePermissionsPolicy({text});
    return 0;
}
