// tls.protocols: are only current protocol versions on offer (RFC 8996 retired TLS 1.0 and 1.1, RFC 7568 SSL 3)?
// observed: {"protocols": ["TLS 1.2", "TLS 1.3"]}
#pragma once

#include "checks/tls/certificatefacts.h"

#include <span>

namespace cockpit {

// offered: oldest first.
Judged judgeProtocols(const Host &host, std::span<const TlsVersion> offered);

Check tlsProtocols();

} // namespace cockpit
