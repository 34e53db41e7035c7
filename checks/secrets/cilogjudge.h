// What build logs show that they should not: the part of secrets.ci-config about them.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/logread/logsread.h"

namespace cockpit {

// Appends findings, and the members of observed that ciconfig.h names.
void judgeCiLogs(const LogsRead &logs, std::vector<Finding> &findings, QJsonObject &observed);

// With fewer lines a log without finds proves little. Hosts of small sites print some thirty for a whole build.
constexpr qint64 kFewestBuildLogLines = 20;

// The codes of those findings.
QStringList ciLogCodes();

} // namespace cockpit
