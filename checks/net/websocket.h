// A WebSocket of a client (RFC 6455), for a few messages there and back: bounded in bytes, frames and time, without
// extensions, each wait looking at the token every 100 ms. wss: TLS with HTTP/1.1 alone offered.
#pragma once

#include "checks/net/opensslhandles.h"
#include "checks/net/tcpsocket.h"
#include "checks/net/websocketframe.h"
#include "checks/net/websockethandshake.h"

#include <memory>
#include <optional>
#include <span>

namespace cockpit {

struct WebSocketRequest
{
    QUrl url;                    // http or https: what scheme-relative pages call ws and wss
    std::vector<Header> headers; // webSocketHeaders(), and what else is sent
    // Nothing is sent where the certificate is not good for the host, or TLS is older than 1.2 (Protocol).
    bool trustedOnly = false;
    WebSocketLimits limits = {};
};

class WebSocket;

// What came of an opening handshake. A refusal is an answer, too: its status and header lines are told, not its body.
struct WebSocketOpening
{
    HttpResponse answer;
    std::unique_ptr<WebSocket> socket = {}; // null where the server did not agree (isWebSocketAccepted)
};

// Belongs to the worker that opened it.
class WebSocket
{
public:
    // patience: host and port for sentences, the token, and the time for connecting and the handshake. Errors:
    // BadInput (no key among the headers), Unreachable, TimedOut, Cancelled, Protocol (TLS, no HTTP/1, closed before it
    // answered), TooLarge.
    [[nodiscard]] static Result<WebSocketOpening> open(const WebSocketRequest &request,
                                                       std::span<const SocketAddress> addresses, X509_STORE *roots,
                                                       const Patience &patience);
    ~WebSocket(); // closes without a word
    Q_DISABLE_COPY_MOVE(WebSocket)

    // One text message in one frame. Errors: TimedOut, Cancelled, Protocol (the server has closed).
    [[nodiscard]] Result<void> say(const QByteArray &text, Deadline until);
    // The next message of the server, text or binary; pings are answered on the way, at most kMostPongs of them. Empty
    // when none came by then, or none will come any more (isClosed). Errors: Cancelled, and those of WebSocketReader,
    // after which the socket is closed.
    [[nodiscard]] Result<std::optional<QByteArray>> hear(Deadline until);
    // Says goodbye (section 7.1.1) and does not wait for an answer: nothing depends on it.
    void close();

    bool isClosed() const { return m_isClosed; }
    // The code that the server closed with, kNoStatusReceived where its close frame has none; empty where it said no
    // goodbye: it is still there, or was cut off (1006 in section 7.1.5).
    std::optional<quint16> closeCode() const { return m_closeCode; }

    // A server that pings without end gets no further answer.
    static constexpr int kMostPongs = 20;

private:
    struct Line; // TCP, and TLS on it
    WebSocket(std::unique_ptr<Line> line, const Patience &patience, const WebSocketLimits &limits);

    Result<void> write(WebSocketOpcode opcode, QByteArrayView payload, Deadline until);
    // True when bytes came; false at the deadline and at the end of the connection.
    Result<bool> readMore(Deadline until);
    // A message, or nothing for what is none.
    Result<std::optional<QByteArray>> take(const WebSocketEvent &event, Deadline until);
    Patience patienceUntil(Deadline until) const;

    std::unique_ptr<Line> m_line;
    const Patience m_patience;
    WebSocketReader m_reader;
    bool m_isClosed = false;
    std::optional<quint16> m_closeCode;
    int m_pongs = 0;
};

} // namespace cockpit
