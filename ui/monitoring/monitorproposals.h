// The monitors that a project should start with, worked out from its target's hosts.
#pragma once

#include "models/monitoring.h"
#include "models/target.h"

#include <QStringList>

#include <vector>

namespace cockpit {

// Homepage, app and API health, and the certificate of each of those hosts.
std::vector<Monitor> proposedMonitors(const Target &target);

// The part of the proposal that the checks of an automation ask for (monitor.uptime, monitor.latency,
// monitor.certificate), without what is watched already (same kind and address).
std::vector<Monitor> missingMonitors(const Target &target, const QStringList &checkIds,
                                     const std::vector<Monitor> &existing);

// What is watched already, and of these what is not (same kind and address).
std::vector<Monitor> alsoWatched(std::vector<Monitor> watched, const std::vector<Monitor> &toAdd);

// The monitor kind that a check needs, when watching it is built.
std::optional<MonitorKind> monitorKindOfCheck(QStringView checkId);

QString labelOf(MonitorKind kind);

} // namespace cockpit
