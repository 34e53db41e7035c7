// Frames of STOMP (stomp.github.io/stomp-specification-1.2.html). Pure.
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace cockpit {

struct StompFrame
{
    QByteArray command;       // "SUBSCRIBE"
    QJsonObject headers = {}; // texts; of a name that stands twice the first ("Repeated Header Entries")
    QByteArray body = {};

    bool operator==(const StompFrame &) const = default;
};

// The frames of one message of a WebSocket; none for a sign of life (a line's end alone). Empty for what is no STOMP,
// or is broken: no command, a header without a colon, an escape that is not defined, no NUL at the end, a
// content-length beyond it.
std::optional<std::vector<StompFrame>> stompFramesIn(const QByteArray &message);
// As it goes out, with its NUL.
QByteArray toBytes(const StompFrame &frame);

// The JSON as which a sample keeps a client's frame, which has neither line ends nor NUL: {"stomp": "SUBSCRIBE",
// "headers": {…}}. Without its body: no frame that is ever said again has one.
QJsonObject stompJson(const StompFrame &frame);
// Empty for other JSON.
std::optional<StompFrame> stompFrameOf(const QJsonObject &json);

} // namespace cockpit
