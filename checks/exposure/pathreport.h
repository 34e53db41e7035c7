// How the checks of well-known paths put down what they found.
#pragma once

#include "checks/exposure/pathlook.h"

#include <QJsonObject>

namespace cockpit {

// One leak, one finding: the files of one rule lie side by side and are removed together.
std::vector<Finding> onePerRule(const std::vector<const AskedPath *> &proven);

// "asked", "baseline_statuses", "exposed": [{"path","rule","status"}], "blocked": [paths].
QJsonObject observedPaths(const PathLook &look, const std::vector<const AskedPath *> &proven);

// What the answers did not tell is said beside what was found. A clean result is none when the server stopped telling
// half-way.
void admitUntold(Judged &judged, const Untold &untold);

// A proof that gives nothing away: how long the file is, and of its content only the names that the rule may show.
QString shownOf(const PathRule &rule, const HttpResponse &answer);

} // namespace cockpit
