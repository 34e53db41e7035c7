// tls.reachable: does the host answer over HTTPS, at each of its addresses?
// observed: {"reachable": bool, "address": "192.0.2.1:443", "protocol": "TLS 1.3", "alpn": "h2", "handshake_ms": n,
// "client_certificate": bool (asked of visitors), "addresses": [see addressesJson(); empty with a single one]}
#pragma once

#include "checks/tls/addresses.h"
#include "checks/tls/certificatefacts.h"

namespace cockpit {

// A name that is not in DNS never gets here. addresses: of lookAtAddresses().
Judged judgeReachable(const Host &host, const Result<TlsSession> &session, std::span<const AddressSeen> addresses = {},
                      const QDateTime &now = {});

Check tlsReachable();

} // namespace cockpit
