// Addresses of WebSockets, as far as a path tells.
#pragma once

#include <QString>

namespace cockpit {

// By its last words: "/ws", "/live/websocket", "/socket.io/", "/cable", "/signalr", "/ws/changes", "/ws/projects/{id}".
bool isSocketPath(const QString &path);

// "/ws/websocket" for "/ws/123/abcd1234/websocket": where SockJS takes messages without its own wrapping (its protocol
// 0.3.3, "Raw WebSocket"). Other paths as they are.
QString rawSocketPath(const QString &path);

} // namespace cockpit
