// The .env files that git keeps.
#pragma once

#include "checks/engine/canceltoken.h"

#include <QStringList>

namespace cockpit::env {

// Of the repository that the folder stands in, as paths below the folder; no templates. Empty where there is no
// repository that can be read: that is nobody's fault here (secrets.history says it).
QStringList trackedEnvFiles(const QString &folder, const CancelToken &cancel = CancelToken());

} // namespace cockpit::env
