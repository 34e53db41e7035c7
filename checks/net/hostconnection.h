// A TCP connection to a host of the target, within the run's overrides, limits and time.
#pragma once

#include "checks/engine/hostgate.h"
#include "checks/engine/probe.h"
#include "checks/net/tcpsocket.h"

namespace cockpit {

struct HostConnection
{
    HostGate::Pass pass;
    Patience patience; // of the whole operation, of which connecting was the first part
    TcpSocket socket;
};

// Errors: those of HostAddresses, and Unreachable, TimedOut, Cancelled.
[[nodiscard]] Result<HostConnection> connectToHost(const QString &host, std::uint16_t port, ProbeContext &context);
// The same to addresses that are known already. Errors: Unreachable, TimedOut, Cancelled.
[[nodiscard]] Result<HostConnection> connectToAddresses(const QString &host, std::uint16_t port,
                                                        std::span<const SocketAddress> addresses,
                                                        ProbeContext &context);

} // namespace cockpit
