// monitor.certificate: you are warned well before a certificate expires.
// observed: "monitors": [{"name","url","days_left"|null,"last_sample"}].
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

Check certificateMonitorCheck();
Judged judgeCertificateHistory(const std::vector<MonitorHistory> &monitoring, const QDateTime &now);

} // namespace cockpit
