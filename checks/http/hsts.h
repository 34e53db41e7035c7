// http.hsts: browsers are told to use HTTPS from then on (RFC 6797).
// observed: url, status, headers{strict-transport-security}, "hsts": {"max_age", "include_subdomains", "preload",
// "bars": [the minimum bars that it meets: "observatory", "preload", "mozilla"]}.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

struct HstsPolicy
{
    qint64 maxAge = 0; // seconds
    bool includeSubDomains = false;
    bool preload = false;

    bool operator==(const HstsPolicy &) const = default;
};

// directive *( ";" directive ); max-age is required and may be quoted; a directive must not come twice (section 6.1).
[[nodiscard]] Result<HstsPolicy> parseHsts(const QByteArray &value);

Check hstsCheck();
Judged judgeHsts(const HttpResponse &answer);

} // namespace cockpit
