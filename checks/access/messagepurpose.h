// What a message on a WebSocket is for, as far as it says so itself. Pure.
#pragma once

#include "checks/access/messageids.h"

namespace cockpit {

enum class MessagePurpose {
    Opens,      // greets, signs in
    Subscribes, // asks to be told; changes nothing that stays
    Keeps,      // a sign of life, or the end of what it subscribed to: nothing is lost without it
    Other,      // may change something, or is not understood
};

// Other wherever it says more than one thing. A question of GraphQL subscribes where all its operations are
// subscriptions (specification of October 2021, section 2.3); one that is named by its hash alone is not known.
// dialect: of the conversation, as its greetings tell (socketdialect.h).
MessagePurpose purposeOf(const SocketMessage &message, SocketDialect dialect = SocketDialect::Plain);

// All operations of the document are subscriptions, and there is one.
bool isSubscriptionDocument(const QString &document);

// A text in it asks another question of GraphQL than one to be told. depth: of the value in its message.
bool asksForMore(const QJsonValue &value, int depth = 0);

} // namespace cockpit
