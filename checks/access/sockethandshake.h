// The opening of a WebSocket (RFC 6455 section 4) as a request like any other, and what a server says of itself
// afterwards. Nothing is sent on an open socket: where a channel is named in the address, opening it is joining it.
// Pure.
#pragma once

#include "checks/actors/wire.h"

#include <QByteArray>
#include <QString>

#include <chrono>

namespace cockpit {

// How long an open socket is listened to: what is shown to whoever joins comes at once.
constexpr std::chrono::milliseconds kSocketPatience{1500};

// origin: "https://app.example.com", as browsers send it. A new key each time.
ActiveRequest handshakeRequest(const Route &route, const QUrl &url, const QByteArray &origin);

// The server has switched, and proves by the key that it knows the protocol (section 4.2.2): a page with status 101
// alone, or a cached answer, does not.
bool isAcceptedHandshake(const ActiveRequest &request, const HttpResponse &answer);

// The text and binary payloads of a server's frames (section 5.2), each on a line of its own; what is cut off in the
// middle counts as far as it came, what breaks the grammar ends it.
QByteArray payloadsIn(QByteArrayView frames);

// An accepted answer with its payloads in place of the frames; another one as it is.
HttpResponse readableAnswer(const ActiveRequest &request, HttpResponse answer);

} // namespace cockpit
