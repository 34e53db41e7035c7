// The frames of a WebSocket (RFC 6455 section 5): written as a client must, read as of a server. No extension is ever
// agreed to, so that every reserved bit is an error. Pure.
#pragma once

#include "models/result.h"

#include <QByteArray>

#include <array>
#include <optional>

namespace cockpit {

enum class WebSocketOpcode : quint8 {
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
};

// Section 7.4.1.
constexpr quint16 kNormalClosure = 1000;
constexpr quint16 kNoStatusReceived = 1005; // never sent: a close frame without a code

using WebSocketMask = std::array<char, 4>;

// One whole frame with its payload masked (section 5.3). A control frame takes 125 bytes; what is more is cut off.
QByteArray clientFrame(WebSocketOpcode opcode, QByteArrayView payload, const WebSocketMask &mask);
// A close frame's payload (section 5.5.1).
QByteArray closePayload(quint16 code);

// How much is taken from one server. All are bytes but the last.
struct WebSocketLimits
{
    qint64 message = 256LL * 1024; // of one message, in however many frames
    qint64 total = 2LL * 1024 * 1024;
    int frames = 2000;
};

// What a server said: a whole message, put together from its frames, or a control frame between them.
struct WebSocketEvent
{
    enum class Kind { Text, Binary, Ping, Pong, Close };
    Kind kind = Kind::Text;
    QByteArray payload = {}; // of Close: the reason
    quint16 code = 0;        // of Close alone; kNoStatusReceived without one

    bool operator==(const WebSocketEvent &) const = default;
};

// Puts messages together as the bytes come in. After an error nothing more is to be read.
class WebSocketReader
{
public:
    explicit WebSocketReader(const WebSocketLimits &limits = {}) : m_limits(limits) {}

    void feed(QByteArrayView bytes);
    // The next event; empty while more bytes are needed. Errors: TooLarge (a limit; told by the head of a frame,
    // before its payload is there), Protocol (reserved bits or opcodes, a masked frame, a length that is not the
    // shortest, a control frame that is long or in parts, a part without a beginning, text that is no UTF-8, a close
    // code that may not be sent).
    [[nodiscard]] Result<std::optional<WebSocketEvent>> next();

private:
    struct Head
    {
        WebSocketOpcode opcode = WebSocketOpcode::Text;
        bool isLast = true;
        qsizetype size = 0; // of the head itself
        qint64 payload = 0;
    };

    Result<std::optional<Head>> head() const;
    Result<void> verify(const Head &head) const;
    Result<std::optional<WebSocketEvent>> take(const Head &head, const QByteArray &payload);
    Result<std::optional<WebSocketEvent>> takeData(const Head &head, const QByteArray &payload);

    const WebSocketLimits m_limits;
    QByteArray m_unread;
    QByteArray m_message;                         // of the frames so far
    std::optional<WebSocketOpcode> m_messageKind; // of the message that is not whole yet
    qint64 m_total = 0;
    int m_frames = 0;
};

} // namespace cockpit
