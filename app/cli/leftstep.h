// Before an audit begins: what earlier runs left in the product is taken away (--remove-left).
#pragma once

#include "app/cli/auditsetup.h"
#include "checks/engine/canceltoken.h"

#include <QObject>

#include <functional>

namespace cockpit {

// By the terms of the setup's plan, whose budget has so many requests less afterwards, down to none, and by --deadline
// where that was said, of which so much less is left for the checks; what came of it is in the setup.
// Without --remove-left, or without leave, nothing is sent. Calls back in this thread, at once or later, with the
// failure to keep what was sent and what is gone; not after `context` is gone.
void removeLeftFirst(AuditSetup &setup, const Composition &composition, const CancelToken &cancel, QObject *context,
                     std::function<void(const Result<void> &)> done);

} // namespace cockpit
