// Cache-Control and the fields that are written like it (RFC 9111 section 5.2, RFC 9213).
#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <optional>

namespace cockpit {

struct CacheControl
{
    bool noStore = false;
    bool noCache = false;
    bool isPrivate = false;
    bool isPublic = false;
    bool mustRevalidate = false;  // or proxy-revalidate
    bool isImmutable = false;     // RFC 8246
    std::optional<qint64> maxAge; // seconds
    std::optional<qint64> sharedMaxAge;
    bool isEmpty = true; // no directive at all
    bool operator==(const CacheControl &) const = default;
};

// #( token [ "=" ( token / quoted-string ) ] ). Of two equal directives the first counts, a life that is no number is
// none (section 4.2.1). no-cache="field" and private="field" speak of fields alone, and so do nothing here.
CacheControl parseCacheControl(const QByteArrayList &lines);

} // namespace cockpit
