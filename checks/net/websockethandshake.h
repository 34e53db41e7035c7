// The opening of a WebSocket (RFC 6455 section 4): what is asked, and whether the answer agrees to it. Pure.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

constexpr int kSwitchingProtocols = 101;

// 16 random bytes in base64, another each time (section 4.1).
QByteArray newWebSocketKey();
// What proves that a server has read the key (section 4.2.2).
QByteArray webSocketAcceptFor(const QByteArray &key);

// All header lines of an opening handshake but Host: Connection, Upgrade, Sec-WebSocket-Version and -Key, the Origin as
// browsers send it ("https://app.example.com"), and the subprotocols that are offered, if any. No extensions.
std::vector<Header> webSocketHeaders(const QByteArray &origin, const QByteArrayList &subprotocols = {});

// Whether the server has switched to what these header lines asked for: status 101 with Upgrade and Connection, the
// proof for the key, no extension, and no subprotocol that was not offered (section 4.1, second list). A page with that
// status, or a kept answer to somebody else, is none.
bool isWebSocketAccepted(const std::vector<Header> &asked, const HttpResponse &answer);

// Complete header lines of one answer.
struct WebSocketHead
{
    HttpResponse answer;
    qsizetype size = 0; // in bytes: frames follow
};
// The status and header lines at the beginning of the bytes; empty while they are not complete. Errors: Protocol (not
// HTTP/1), TooLarge (a flood of header lines).
[[nodiscard]] Result<std::optional<WebSocketHead>> webSocketHeadIn(QByteArrayView bytes);

// The request as it is sent: with the Host of the address, where no header names another, and the marks of this
// program.
QByteArray webSocketRequest(const QUrl &url, const std::vector<Header> &headers);

} // namespace cockpit
