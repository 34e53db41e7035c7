#include "app/practice/shop/livesocket.h"

#include <QCryptographicHash>

namespace cockpit::shop {

namespace {

// Section 5.2: the last frame of a text, not masked.
QByteArray textFrame(const QByteArray &text)
{
    QByteArray frame("\x81");
    if (text.size() < 126) {
        frame += static_cast<char>(text.size());
    } else {
        frame += static_cast<char>(126);
        frame += static_cast<char>(text.size() >> 8);
        frame += static_cast<char>(text.size() & 0xff);
    }
    return frame + text;
}

} // namespace

PageReply socketReply(const PageRequest &request, const QByteArray &message)
{
    const QByteArray key = request.header("sec-websocket-key");
    if (request.header("upgrade").toLower() != "websocket" || key.isEmpty())
        return {.status = 400, .contentType = "application/json", .body = R"({"error":"websocket_only"})"};
    const QByteArray guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    PageReply reply{.status = 101, .contentType = "application/octet-stream", .body = textFrame(message)};
    reply.add("Upgrade", "websocket");
    reply.add("Sec-WebSocket-Accept", QCryptographicHash::hash(key + guid, QCryptographicHash::Sha1).toBase64());
    return reply;
}

bool isOwnOrigin(const PageRequest &request)
{
    const QByteArray origin = request.header("origin");
    return origin.isEmpty() || origin == "https://" + request.host();
}

} // namespace cockpit::shop
