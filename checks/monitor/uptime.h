// monitor.uptime: the homepage, login, health address and key routes answer.
// observed: "monitors": [{"name","url","uptime" (0 to 1)|null,"coverage","last": up|down|unknown,"incidents"}].
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

Check uptimeMonitorCheck();
Judged judgeUptime(const std::vector<MonitorHistory> &monitoring, const QDateTime &now);

} // namespace cockpit
