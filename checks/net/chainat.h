// What a computer whose clock shows another time makes of the certificates that a host sends.
#pragma once

#include "checks/net/tlsprobe.h"

namespace cockpit {

// The path is built anew, so that a certificate that none needs may have ended. Errors: those of TlsHandshake and
// TrustRoots.
struct ChainAt
{
    using Answer = ChainStatus;
    QString host;
    std::uint16_t port = 443;
    QDateTime time;
    QString key() const;
    int roundTrips() const { return 0; } // the handshake asks
};
[[nodiscard]] Result<ChainStatus> probe(const ChainAt &question, ProbeContext &context);

} // namespace cockpit
