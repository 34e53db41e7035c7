// A handshake at one address of a host: with several, one may have been forgotten at the last renewal. And one without
// the host's name, or with another: what a stranger who knows the address alone is shown.
#pragma once

#include "checks/net/certificatefields.h"
#include "checks/net/tlsprobe.h"

namespace cockpit {

enum class NameSent {
    Host,
    None,    // as scanners do, and very old clients
    Unknown, // a name that nobody can own (RFC 2606)
};

struct EndpointSession
{
    TlsSession session;
    QByteArray staple = {};         // a stapled OCSP response; empty when there is none
    std::vector<SctSeen> scts = {}; // embedded ones included

    bool operator==(const EndpointSession &) const = default;
};

// Asks for a staple and for timestamps too. Errors: those of TlsHandshake; Protocol also when the name is refused.
struct TlsEndpoint
{
    using Answer = EndpointSession;
    QString host;
    std::uint16_t port = 443;
    SocketAddress address = {}; // one of HostAddresses
    NameSent name = NameSent::Host;

    QString key() const;
};
[[nodiscard]] Result<EndpointSession> probe(const TlsEndpoint &question, ProbeContext &context);

// Does this computer have a way to an address at all? Without IPv6 at home, a site's IPv6 cannot be judged. Nothing is
// sent.
struct RouteTo
{
    using Answer = bool;
    SocketAddress address;
    QString key() const { return address.toString(); }
    int roundTrips() const { return 0; } // the kernel answers
};
[[nodiscard]] Result<bool> probe(const RouteTo &question, ProbeContext &context);

} // namespace cockpit
