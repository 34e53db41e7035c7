#include "checks/access/sockethandshake.h"

#include "checks/access/crossings.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSwitchingProtocols = 101;
constexpr quint8 kCloseFrame = 0x8;
constexpr quint8 kFirstControlFrame = 0x8;

QByteArray newKey()
{
    std::array<quint32, 4> bytes{};
    QRandomGenerator::system()->fillRange(bytes.data(), bytes.size());
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), sizeof(bytes)).toBase64();
}

QByteArray acceptFor(const QByteArray &key)
{
    return QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1).toBase64();
}

QByteArray sentHeader(const ActiveRequest &request, QByteArrayView name)
{
    const auto it = std::ranges::find_if(
        request.headers, [name](const Header &header) { return header.name.compare(name, Qt::CaseInsensitive) == 0; });
    return it == request.headers.end() ? QByteArray() : it->value;
}

// A number in network byte order.
quint64 numberIn(QByteArrayView bytes)
{
    quint64 number = 0;
    for (const char byte : bytes)
        number = number << 8U | static_cast<quint8>(byte);
    return number;
}

struct FrameHead
{
    quint8 opcode = 0;
    qsizetype size = 0;    // of the head
    qsizetype payload = 0; // as it says
};

// Nothing where it is cut off, masked as no server may (section 5.1), or longer than anything that is read here.
std::optional<FrameHead> frameHeadIn(QByteArrayView bytes)
{
    if (bytes.size() < 2 || (static_cast<quint8>(bytes[1]) & 0x80U) != 0)
        return std::nullopt;
    const quint8 said = static_cast<quint8>(bytes[1]) & 0x7fU;
    const qsizetype more = said == 126 ? 2 : said == 127 ? 8 : 0;
    if (bytes.size() < 2 + more)
        return std::nullopt;
    const quint64 length = more == 0 ? said : numberIn(bytes.sliced(2, more));
    if (length > static_cast<quint64>(kDefaultBodyCap))
        return std::nullopt;
    return FrameHead{static_cast<quint8>(static_cast<quint8>(bytes[0]) & 0x0fU), 2 + more,
                     static_cast<qsizetype>(length)};
}

} // namespace

ActiveRequest handshakeRequest(const Route &route, const QUrl &url, const QByteArray &origin)
{
    ActiveRequest request = requestOf(route, url);
    request.headers.push_back({"Connection", "Upgrade"});
    request.headers.push_back({"Upgrade", "websocket"});
    request.headers.push_back({"Sec-WebSocket-Version", "13"});
    request.headers.push_back({"Sec-WebSocket-Key", newKey()});
    request.headers.push_back({"Origin", origin});
    if (route.path.contains("socket.io"_L1, Qt::CaseInsensitive) && !request.url.hasQuery())
        request.url.setQuery(u"EIO=4&transport=websocket"_s); // without, it is asked for another transport
    request.keepConnection = false;
    request.timeoutMs = static_cast<int>(kSocketPatience.count());
    return request;
}

bool isAcceptedHandshake(const ActiveRequest &request, const HttpResponse &answer)
{
    const QByteArray key = sentHeader(request, "Sec-WebSocket-Key");
    return answer.status == kSwitchingProtocols && !key.isEmpty() &&
           answer.header("sec-websocket-accept").value_or(QByteArray()).trimmed() == acceptFor(key);
}

QByteArray payloadsIn(QByteArrayView frames)
{
    QByteArray text;
    while (const auto head = frameHeadIn(frames)) {
        frames = frames.sliced(head->size);
        const qsizetype size = std::min(head->payload, frames.size());
        if (head->opcode == kCloseFrame)
            break;
        if (head->opcode < kFirstControlFrame)
            text += frames.first(size).toByteArray() + '\n';
        frames = frames.sliced(size);
    }
    return text;
}

HttpResponse readableAnswer(const ActiveRequest &request, HttpResponse answer)
{
    if (isAcceptedHandshake(request, answer))
        answer.body = payloadsIn(answer.body);
    return answer;
}

} // namespace cockpit
