#include "checks/net/websocketframe.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WebSocket)
};

constexpr qsizetype kLongestControl = 125;
constexpr quint8 kLastFrame = 0x80;
constexpr quint8 kReserved = 0x70;
constexpr quint8 kMasked = 0x80;
constexpr quint8 kTwoMore = 126; // the length stands in the next two bytes
constexpr quint8 kEightMore = 127;
constexpr qint64 kLongestOfTwo = 0xffff;

quint8 byteAt(QByteArrayView bytes, qsizetype at)
{
    return static_cast<quint8>(bytes[at]);
}

// A number in network byte order.
quint64 numberIn(QByteArrayView bytes)
{
    quint64 number = 0;
    for (const char byte : bytes)
        number = number << 8U | static_cast<quint8>(byte);
    return number;
}

QByteArray inNetworkOrder(quint64 number, int bytes)
{
    QByteArray written;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        written += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
    return written;
}

bool isControl(WebSocketOpcode opcode)
{
    return static_cast<quint8>(opcode) >= static_cast<quint8>(WebSocketOpcode::Close);
}

std::optional<WebSocketOpcode> opcodeOf(quint8 first)
{
    using enum WebSocketOpcode;
    for (const WebSocketOpcode known : {Continuation, WebSocketOpcode::Text, Binary, Close, Ping, Pong}) {
        if (static_cast<quint8>(known) == (first & 0x0fU))
            return known;
    }
    return std::nullopt;
}

// Section 7.4: 1004 to 1006 and 1015 are never sent, 1016 to 2999 are kept for later versions; 1012 to 1014 were
// registered since.
bool mayBeSent(quint16 code)
{
    const bool isOfProtocol = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
    return isOfProtocol || (code >= 3000 && code <= 4999);
}

tl::unexpected<Error> broken(const QString &detail)
{
    return failure(ErrorKind::Protocol, Text::tr("The server does not keep to the WebSocket protocol."), detail);
}

tl::unexpected<Error> tooMuch()
{
    return failure(ErrorKind::TooLarge, Text::tr("The server sent more on the WebSocket than is read."));
}

Result<std::optional<WebSocketEvent>> closing(const QByteArray &payload)
{
    WebSocketEvent event{.kind = WebSocketEvent::Kind::Close, .code = kNoStatusReceived};
    if (payload.isEmpty())
        return event;
    if (payload.size() < 2)
        return broken(QStringLiteral("close frame of one byte"));
    event.code = static_cast<quint16>(numberIn(QByteArrayView(payload).first(2)));
    event.payload = payload.sliced(2);
    if (!mayBeSent(event.code))
        return broken(QStringLiteral("close code %1").arg(event.code));
    if (!event.payload.isValidUtf8())
        return broken(QStringLiteral("close reason is no UTF-8"));
    return event;
}

} // namespace

QByteArray clientFrame(WebSocketOpcode opcode, QByteArrayView payload, const WebSocketMask &mask)
{
    if (isControl(opcode))
        payload = payload.first(std::min(payload.size(), kLongestControl));
    QByteArray frame(1, static_cast<char>(kLastFrame | static_cast<quint8>(opcode)));
    if (payload.size() < kTwoMore) {
        frame += static_cast<char>(kMasked | static_cast<quint8>(payload.size()));
    } else {
        const bool isShort = payload.size() <= kLongestOfTwo;
        frame += static_cast<char>(kMasked | (isShort ? kTwoMore : kEightMore));
        frame += inNetworkOrder(static_cast<quint64>(payload.size()), isShort ? 2 : 8);
    }
    frame.append(mask.data(), static_cast<qsizetype>(mask.size()));
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame += static_cast<char>(payload[i] ^ mask[static_cast<std::size_t>(i) % mask.size()]);
    return frame;
}

QByteArray closePayload(quint16 code)
{
    return inNetworkOrder(code, 2);
}

void WebSocketReader::feed(QByteArrayView bytes)
{
    m_unread.append(bytes.data(), bytes.size());
}

Result<std::optional<WebSocketReader::Head>> WebSocketReader::head() const
{
    if (m_unread.size() < 2)
        return std::nullopt;
    const QByteArrayView bytes(m_unread);
    const auto opcode = opcodeOf(byteAt(bytes, 0));
    if (!opcode || (byteAt(bytes, 0) & kReserved) != 0)
        return broken(QStringLiteral("reserved bits or opcode"));
    if ((byteAt(bytes, 1) & kMasked) != 0) // section 5.1: no server masks
        return broken(QStringLiteral("masked frame"));
    const quint8 said = byteAt(bytes, 1);
    const qsizetype more = said == kTwoMore ? 2 : said == kEightMore ? 8 : 0;
    if (bytes.size() < 2 + more)
        return std::nullopt;
    const quint64 length = more == 0 ? said : numberIn(bytes.sliced(2, more));
    const bool isShortest =
        more == 0 || (more == 2 ? length >= kTwoMore : length > static_cast<quint64>(kLongestOfTwo));
    if (!isShortest || length >> 63U != 0)
        return broken(QStringLiteral("length"));
    return Head{*opcode, (byteAt(bytes, 0) & kLastFrame) != 0, 2 + more, static_cast<qint64>(length)};
}

Result<void> WebSocketReader::verify(const Head &head) const
{
    if (isControl(head.opcode)) {
        if (!head.isLast || head.payload > kLongestControl)
            return broken(QStringLiteral("control frame that is long or in parts"));
    } else if ((head.opcode == WebSocketOpcode::Continuation) != m_messageKind.has_value()) {
        return broken(QStringLiteral("part of a message out of order"));
    }
    // A control frame is no part of the message it comes in the middle of (section 5.4).
    const bool isTooLong = !isControl(head.opcode) && head.payload > m_limits.message - m_message.size();
    if (isTooLong || head.payload > m_limits.total - m_total || m_frames >= m_limits.frames)
        return tooMuch();
    return {};
}

Result<std::optional<WebSocketEvent>> WebSocketReader::takeData(const Head &head, const QByteArray &payload)
{
    if (!m_messageKind)
        m_messageKind = head.opcode;
    m_message += payload;
    if (!head.isLast)
        return std::nullopt;
    const bool isText = *m_messageKind == WebSocketOpcode::Text;
    m_messageKind.reset();
    WebSocketEvent event{.kind = isText ? WebSocketEvent::Kind::Text : WebSocketEvent::Kind::Binary,
                         .payload = std::exchange(m_message, {})};
    if (isText && !event.payload.isValidUtf8()) // section 8.1
        return broken(QStringLiteral("text is no UTF-8"));
    return event;
}

Result<std::optional<WebSocketEvent>> WebSocketReader::take(const Head &head, const QByteArray &payload)
{
    switch (head.opcode) {
    case WebSocketOpcode::Continuation:
    case WebSocketOpcode::Text:
    case WebSocketOpcode::Binary:
        return takeData(head, payload);
    case WebSocketOpcode::Close:
        return closing(payload);
    case WebSocketOpcode::Ping:
        return WebSocketEvent{.kind = WebSocketEvent::Kind::Ping, .payload = payload};
    case WebSocketOpcode::Pong:
        return WebSocketEvent{.kind = WebSocketEvent::Kind::Pong, .payload = payload};
    }
    Q_UNREACHABLE();
}

Result<std::optional<WebSocketEvent>> WebSocketReader::next()
{
    while (true) {
        const auto found = head();
        if (!found)
            return tl::unexpected<Error>(found.error());
        if (!*found)
            return std::nullopt;
        const Head &frame = **found;
        if (const auto fits = verify(frame); !fits)
            return tl::unexpected<Error>(fits.error());
        if (m_unread.size() < frame.size + frame.payload)
            return std::nullopt;
        const QByteArray payload = m_unread.sliced(frame.size, frame.payload);
        m_unread.remove(0, frame.size + frame.payload);
        m_total += frame.payload;
        ++m_frames;
        auto event = take(frame, payload);
        if (!event || *event)
            return event;
    }
}

} // namespace cockpit
