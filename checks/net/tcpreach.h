// Does anybody take a connection there? For the one who must tell a closed port from a server that takes it and says
// nothing.
#pragma once

#include "checks/engine/probe.h"

namespace cockpit {

// Errors: those of HostAddresses, and Unreachable, TimedOut, Cancelled.
struct TcpReach
{
    using Answer = SocketAddress; // who took it

    QString host;
    std::uint16_t port = 0;

    QString key() const;
    int roundTrips() const { return 1; }
};
[[nodiscard]] Result<SocketAddress> probe(const TcpReach &question, ProbeContext &context);

} // namespace cockpit
