// tls.protocols: are only current protocol versions on offer (RFC 8996 retired TLS 1.0 and 1.1, RFC 7568 SSL 3)?
// observed: {"protocols": ["TLS 1.2", "TLS 1.3"], "groups": [key exchange groups of TLS 1.3; empty where it is not
// spoken, or where "groups_problem" says why they are not known], "post_quantum": bool|null, "alpn": text|null,
// "safe_renegotiation": bool|null (null: no handshake was completed)}
#pragma once

#include "checks/net/tlsgroups.h"
#include "checks/tls/certificatefacts.h"

#include <optional>
#include <span>

namespace cockpit {

// offered: oldest first. groups: empty where TLS 1.3 is not spoken. session: null when there was no handshake.
Judged judgeProtocols(const Host &host, std::span<const TlsVersion> offered,
                      const std::optional<Result<std::vector<TlsGroup>>> &groups = {},
                      const TlsSession *session = nullptr);

Check tlsProtocols();

} // namespace cockpit
