// What build logs show that they should not: the part of secrets.ci-config about them.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/logread/logsread.h"

namespace cockpit {

// Appends findings, and the members of observed that ciconfig.h names.
void judgeCiLogs(const LogsRead &logs, std::vector<Finding> &findings, QJsonObject &observed);

// The codes of those findings.
QStringList ciLogCodes();

} // namespace cockpit
