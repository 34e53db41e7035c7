// What an earlier look of access.mass-assignment could set at a route.
#pragma once

#include "checks/engine/check.h"

#include <QStringList>

namespace cockpit {

// Names of fields, each once: those whose findings are still open, and those that the last look's facts tell of. route:
// as in findings ("PATCH /me").
QStringList earlierMassFields(const ProjectFacts &facts, const QString &route);

} // namespace cockpit
