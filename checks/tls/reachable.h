// tls.reachable: does the host answer over HTTPS?
// observed: {"reachable": bool, "address": "192.0.2.1:443", "protocol": "TLS 1.3", "alpn": "h2", "handshake_ms": n}
#pragma once

#include "checks/tls/certificatefacts.h"

namespace cockpit {

// A name that is not in DNS never gets here.
Judged judgeReachable(const Host &host, const Result<TlsSession> &session);

Check tlsReachable();

} // namespace cockpit
