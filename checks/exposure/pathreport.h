// How the checks of well-known paths put down what they found.
#pragma once

#include "checks/exposure/pathlook.h"

#include <QJsonObject>

namespace cockpit {

// One leak, one finding: the files of one rule lie side by side and are removed together.
std::vector<Finding> onePerRule(const std::vector<const AskedPath *> &proven);

// "asked", "baseline_statuses", "exposed": [{"path","rule","status"}], "blocked": [paths].
QJsonObject observedPaths(const PathLook &look, const std::vector<const AskedPath *> &proven);

// A clean result is none when the server stopped telling half-way.
void admitUntold(Judged &judged, int untold);

// A proof that gives nothing away: line beginnings with masked values, at most a few lines.
QString maskedExcerpt(const QByteArray &body);

} // namespace cockpit
