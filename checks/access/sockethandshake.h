// The opening of a WebSocket (RFC 6455 section 4) as the request of a test account. Pure.
#pragma once

#include "checks/access/socketscript.h"
#include "checks/actors/wire.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

namespace cockpit {

// How long an open socket is listened to: what is shown to whoever joins comes at once.
constexpr std::chrono::milliseconds kSocketPatience{1500};

// origin: "https://app.example.com", as browsers send it. A new key each time.
ActiveRequest handshakeRequest(const Route &route, const QUrl &url, const QByteArray &origin,
                               const QByteArrayList &subprotocols = {});

// The server has switched (isWebSocketAccepted).
bool isAcceptedHandshake(const ActiveRequest &request, const HttpResponse &answer);
// A refusal by the product, or the way to its login; a broken or busy server and a test for robots say nothing.
bool isRefusedHandshake(const HttpResponse &answer);
// Whether it opened; empty where the answer does not tell.
std::optional<bool> hasOpened(const ActiveRequest &request, const HttpResponse &answer);

// What an end of the connection says to who had asked for something on it. Refused: an orderly end (RFC 6455 section
// 7.4.1: 1000, 1008), without a code or with one of the product's own. Unclear: the server or the way to it was in
// trouble (1001, 1002, 1006 and 1011 to 1014), or the code says so: 4408 and 4429 (too slow, too many) and 4500 to
// 4599, which products form after HTTP, 4100 to 4299 (over capacity, try again: pusher.com/docs, "Error codes").
// code: empty where the connection was cut off without a close frame.
SocketWord wordOfEnd(std::optional<quint16> code);

} // namespace cockpit
