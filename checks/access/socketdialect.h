// Which protocol a conversation on a WebSocket speaks, and how its messages go out. Pure.
#pragma once

#include "checks/access/messageids.h"

namespace cockpit {

// Of what a page said, in its order: SignalR, STOMP and WAMP are told by their greetings, the others by what
// subscribes.
SocketDialect dialectOf(const std::vector<SocketMessage> &messages);
// What the handshake offers for it.
QByteArrayList subprotocolsOf(SocketDialect dialect, const std::vector<SocketMessage> &messages);
// The same, so that an answer tells whether it was agreed to, and no sign of life is promised: where its protocol has
// a way to ask for one.
void askForAnswer(SocketMessage &message, SocketDialect dialect);
// As it goes out.
QByteArray framed(const SocketMessage &message, SocketDialect dialect);

// The words of an error that say that the server, or the way to it, is in trouble: nothing follows from it.
bool speaksOfTrouble(const QString &words);

} // namespace cockpit
