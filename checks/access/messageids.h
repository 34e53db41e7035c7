// The ids and tokens in a message on a WebSocket. Pure.
#pragma once

#include "checks/access/socketscript.h"

#include <QJsonValue>

namespace cockpit {

// JSON, with what Socket.IO puts before it ("42", "40/rooms,"), or a text that is no JSON.
struct SocketMessage
{
    QByteArray prefix = {};                              // the whole text where there is no JSON
    QJsonValue json = QJsonValue(QJsonValue::Undefined); // an object or a list

    static SocketMessage of(const QByteArray &text);
    QByteArray text() const;
    // Its first digits are packet types of Engine.IO (4: a message) and of Socket.IO.
    bool isOfSocketIo() const;
};

// The resources of the ids in it; empty texts for bare ones.
QStringList resourcesIn(const SocketMessage &message, SocketDialect dialect);
// Puts ids in the place of those of the same things. A bare id at the top is one of the message, and stays, where
// others stand deeper or have names.
void putIds(SocketMessage &message, SocketDialect dialect, const std::vector<NamedId> &ids);

// placeholder() under a name that is not one of a token: what stood there is not known.
bool hasUnknownValue(const QJsonValue &json);
// The token where placeholder() stands; behind "Bearer " under the name Authorization; nothing where it is empty.
void putToken(SocketMessage &message, const QByteArray &token);

} // namespace cockpit
