// What a look for secrets keeps beside its judgement, for programs. Internal to the folder.
#pragma once

#include "checks/secrets/leak.h"

#include <QJsonObject>

namespace cockpit {

// As leakjudge.h describes it, without "not_seen"; the first thousand of each list.
QJsonObject observedOf(const LeakReport &report);

} // namespace cockpit
