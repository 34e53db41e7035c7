// The opening of a WebSocket (RFC 6455 section 4) as the request of a test account. Pure.
#pragma once

#include "checks/actors/wire.h"

#include <QByteArray>
#include <QString>

#include <chrono>

namespace cockpit {

// How long an open socket is listened to: what is shown to whoever joins comes at once.
constexpr std::chrono::milliseconds kSocketPatience{1500};

// origin: "https://app.example.com", as browsers send it. A new key each time.
ActiveRequest handshakeRequest(const Route &route, const QUrl &url, const QByteArray &origin,
                               const QByteArrayList &subprotocols = {});

// The server has switched (isWebSocketAccepted).
bool isAcceptedHandshake(const ActiveRequest &request, const HttpResponse &answer);

} // namespace cockpit
