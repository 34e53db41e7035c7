// Addresses of WebSockets, as far as a path tells.
#pragma once

#include <QString>

namespace cockpit {

// By its last words: "/ws", "/live/websocket", "/socket.io/", "/cable", "/ws/changes", "/ws/projects/{id}".
bool isSocketPath(const QString &path);

} // namespace cockpit
