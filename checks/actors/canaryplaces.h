// Where a test record of ours is made, listed, read and removed: the addresses of its plan. Pure.
#pragma once

#include "checks/actors/canary.h"

namespace cockpit {

// The path under which the record itself is: "/notes/{id}" for "/notes/{id}/delete".
QString itemPath(const CanaryPlan &plan);
// Of one of the plan's routes for the record with that id; empty without the route or the id.
QUrl recordAddress(const std::optional<Route> &route, const CanaryPlan &plan, const Target &target, const QString &id);
QUrl listAddress(const CanaryPlan &plan, const Target &target); // empty without a list

} // namespace cockpit
