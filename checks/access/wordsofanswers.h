// The words of answers that all dialects share. Pure.
#pragma once

#include "checks/access/socketscript.h"

#include <QJsonValue>

namespace cockpit {

// A status, a type, the name of an event. A refusal counts more than any other word.
SocketWord wordOfEvent(const QString &text);
// {"success": false}, {"error": …}, {"errors": […]}.
bool saysError(const QJsonValue &message);

} // namespace cockpit
