// What a browser's archive holds of a WebSocket, as the lines that a sample keeps of it (kSocketMessages). Pure.
#pragma once

#include <QByteArrayList>
#include <QString>

namespace cockpit {

// Of one message of a page: each hub message of SignalR (they end with the record separator 0x1E) and each frame of
// STOMP (stompJson()) a line; of others one with its white space made single. SockJs: said in a session of SockJS,
// which sends lists of messages (its protocol 0.3.3), so that each of those counts. None for signs of life of STOMP.
enum class SocketWrap { None, SockJs };
QByteArrayList linesOfSocket(const QString &message, SocketWrap wrap);

} // namespace cockpit
