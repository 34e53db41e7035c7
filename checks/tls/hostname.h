// tls.hostname: does the certificate speak for the very name that the visitor typed (RFC 9525)?
// observed: {"certificate": {…}, "covers_host": bool, "without_sni": {"answer": same|other|refused|unknown, "names":
// [names of that certificate], "issuer": text|null}, "unknown_sni": {…}}: what a stranger who knows the address alone
// is shown, which tells a shared server from one's own.
#pragma once

#include "checks/net/tlsendpoint.h"
#include "checks/tls/certificatefacts.h"

#include <optional>

namespace cockpit {

// Handshakes without the host's name, and with one that nobody has.
struct StrangersView
{
    Result<EndpointSession> withoutName;
    Result<EndpointSession> withUnknownName;
};

Judged judgeHostname(const Host &host, const Certificate &leaf, const std::optional<StrangersView> &stranger = {});

Check tlsHostname();

} // namespace cockpit
