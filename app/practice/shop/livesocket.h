// The opening of a WebSocket (RFC 6455 section 4.2.2) and one message after it: enough for who looks at whom a product
// lets in. The connection ends after the message.
#pragma once

#include "app/practice/webpage.h"

namespace cockpit::shop {

// 400 where the request does not ask for a WebSocket.
PageReply socketReply(const PageRequest &request, const QByteArray &message);

// The Origin is that of the host itself, or none was sent: not a browser.
bool isOwnOrigin(const PageRequest &request);

} // namespace cockpit::shop
