// Does a host's certificate rest on a root that browsers know, or on one of somebody's own? What browsers ask of public
// certificates (logging, short lives) they do not ask of private ones.
#pragma once

#include "checks/net/tlsprobe.h"

namespace cockpit {

enum class TrustKind {
    Public,
    Private, // a root of --ca-file, one that was added to this computer, or none
    Unknown, // a link is missing, so that it cannot be followed, or it is not known which roots are public
};
QString toWord(TrustKind kind);

// Dates aside: an expired public certificate is a public one. Errors: those of TlsHandshake and TrustRoots.
struct HostTrust
{
    using Answer = TrustKind;
    QString host;
    std::uint16_t port = 443;
    QString key() const;
    int roundTrips() const { return 0; } // the handshake asks
};
[[nodiscard]] Result<TrustKind> probe(const HostTrust &question, ProbeContext &context);

} // namespace cockpit
