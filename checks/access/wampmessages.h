// WAMP, version 2, in JSON (wamp-proto.org, basic profile). Pure.
#pragma once

#include "checks/access/messagepurpose.h"

namespace cockpit {

// [1, realm, {"roles": …}], with which each conversation begins.
bool isWampHello(const QJsonValue &message);
// HELLO and AUTHENTICATE open, SUBSCRIBE asks to be told; CALL, PUBLISH and REGISTER are never said.
MessagePurpose purposeInWamp(const QJsonValue &message);
// Unclear: an error that speaks of trouble, also that the router could not find out who may do what
// (wamp.error.authorization_failed; a refusal is wamp.error.not_authorized).
SocketWord wordInWamp(const QJsonValue &message);

} // namespace cockpit
