// STOMP over WebSockets (stomp.github.io/stomp-specification-1.2.html; models/access/stompframe.h), as message brokers
// and Spring speak it. Pure.
#pragma once

#include "checks/access/messagepurpose.h"

namespace cockpit {

// message: stompJson().
bool isStomp(const QJsonValue &message);
// SUBSCRIBE asks to be told, unless it takes messages from a queue, which others then miss, or leaves a subscription
// behind that stays.
MessagePurpose purposeInStomp(const QJsonValue &message);
// With a receipt, as a SUBSCRIBE is answered in no other way; without heart-beats, as none are sent.
QJsonValue answeredInStomp(const QJsonValue &message);
// message: as it came, perhaps several frames; the first that says yes or no counts. Unclear: an ERROR that speaks of
// trouble.
SocketWord wordInStomp(const QByteArray &message);

} // namespace cockpit
