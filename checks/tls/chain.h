// tls.chain: would a client that repairs nothing trust the certificates as sent? Dates of the host's own certificate
// are judged by tls.expiry, its names by tls.hostname. observed: {"certificate": {…}, "chain": word, "sent": n}
#pragma once

#include "checks/tls/certificatefacts.h"

namespace cockpit {

Judged judgeChainOf(const Host &host, const TlsSession &session, const QDateTime &now);

Check tlsChain();

} // namespace cockpit
