// A WebSocket that an active check has opened by its wire (Wire::open). Each message that it says is let out, counted
// against what the check announced, and logged like a request: method MESSAGE, the route of the handshake, status 101
// for what went out; never what stands in it. Answers to pings and the goodbye are of the protocol and are not.
#pragma once

#include "checks/actors/wire.h"
#include "checks/net/websocket.h"

namespace cockpit {

// How much is read of one: what subscriptions show is small, and a product that streams is not recorded.
constexpr WebSocketLimits kWireSocketLimits{.message = 256LL * 1024, .total = 1024LL * 1024, .frames = 500};

// Belongs to the worker of its wire, which outlives it. While it stands it holds no slot at the host's gate: it is
// silent but for what its check says.
class WireSocket
{
public:
    WireSocket(Wire &wire, ActiveRequest handshake, std::unique_ptr<WebSocket> socket);
    ~WireSocket(); // says goodbye
    Q_DISABLE_COPY_MOVE(WireSocket)

    // Errors: those of ActiveGate::enter, and of WebSocket::say().
    [[nodiscard]] Result<void> say(const QByteArray &text);
    // WebSocket::hear(). Returns within 100 ms of Stop and of the kill switch.
    [[nodiscard]] Result<std::optional<QByteArray>> hear(Deadline until);
    bool isClosed() const { return m_socket->isClosed(); }
    std::optional<quint16> closeCode() const { return m_socket->closeCode(); }

private:
    Wire &m_wire;
    const ActiveRequest m_message; // the handshake, as the log calls a message on it
    const std::unique_ptr<WebSocket> m_socket;
};

} // namespace cockpit
