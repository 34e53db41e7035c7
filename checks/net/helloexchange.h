// A ClientHello that is sent on a connection, and what comes back first. The handshake is never completed.
#pragma once

#include "checks/net/clienthello.h"
#include "checks/net/tcpsocket.h"

namespace cockpit {

// Sends a record on a fresh connection, which takes these few hundred bytes at once.
void sendHello(const QByteArray &hello, const TcpSocket &socket);
// What came next; empty when the peer has closed. Errors: TimedOut, Cancelled.
[[nodiscard]] Result<QByteArray> readSome(const TcpSocket &socket, const Patience &patience);

// Closed, when the connection ends (or is reset) before there is an answer: how many servers refuse, and what a busy or
// broken one does as well. Errors: TimedOut, Cancelled, Protocol (this is not TLS).
[[nodiscard]] Result<HelloAnswer> exchangeHello(const QByteArray &hello, const TcpSocket &socket,
                                                const Patience &patience);

} // namespace cockpit
