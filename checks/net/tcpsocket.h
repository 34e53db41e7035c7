// A TCP connection on a non-blocking socket, made and waited for in slices that look at the token and the deadline.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/result.h"

#include <functional>
#include <span>
#include <utility>

namespace cockpit {

class TcpSocket
{
public:
    TcpSocket(int descriptor, SocketAddress peer) : m_descriptor(descriptor), m_peer(std::move(peer)) {}
    TcpSocket(TcpSocket &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1)), m_peer(std::move(other.m_peer))
    {
    }
    TcpSocket &operator=(TcpSocket &&other) = delete;
    TcpSocket(const TcpSocket &) = delete;
    TcpSocket &operator=(const TcpSocket &) = delete;
    ~TcpSocket();

    int descriptor() const { return m_descriptor; }
    const SocketAddress &peer() const { return m_peer; }

private:
    int m_descriptor;
    SocketAddress m_peer;
};

// What one client needs to wait: whom it talks to (for sentences), and when it must stop.
struct Patience
{
    QString host;
    std::uint16_t port = 0;
    CancelToken token;
    Deadline deadline;
    std::chrono::milliseconds allowed{0}; // the operation's time, for sentences
    // Asked beside the token, as often: the kill switch of active requests. Empty: nobody but the token ends it.
    std::function<bool()> isOver = {};
};

// Connects to whichever address answers first: they are tried in order, the next one starts when one fails or after a
// quarter of a second (RFC 8305). Errors: Unreachable, TimedOut, Cancelled.
[[nodiscard]] Result<TcpSocket> connectTcp(std::span<const SocketAddress> addresses, const Patience &patience);

enum class SocketEvent { Readable, Writable };
// Errors: TimedOut, Cancelled.
[[nodiscard]] Result<void> waitFor(const TcpSocket &socket, SocketEvent event, const Patience &patience);

// A peer that closes while OpenSSL writes raises SIGPIPE, which would end the program. Any thread, any number of times.
void ignoreBrokenPipes();

} // namespace cockpit
