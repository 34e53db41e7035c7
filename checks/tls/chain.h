// tls.chain: would a client that repairs nothing trust the certificates as sent? Dates of the host's own certificate
// are judged by tls.expiry, its names by tls.hostname. observed: {"certificate": {…}, "chain": word, "sent": n,
// "repair": word of RepairEnd|null (what browsers, which fetch a missing link, make of it)}
#pragma once

#include "checks/net/chainrepair.h"
#include "checks/tls/certificatefacts.h"

#include <optional>

namespace cockpit {

// repair: of an incomplete chain; empty where it was not tried.
Judged judgeChainOf(const Host &host, const TlsSession &session, const QDateTime &now,
                    const std::optional<ChainRepair> &repair = {});

Check tlsChain();

} // namespace cockpit
