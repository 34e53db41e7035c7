// monitor.latency: response times stay within target; a rise in p95 raises an alert.
// observed: "monitors": [{"name","url","samples","p50_ms","p95_ms"|null,"earlier_p95_ms"|null}], "limit_ms"|null.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

Check latencyMonitorCheck();
// Looks at the last hour and compares it with the week before it.
Judged judgeLatencyHistory(const std::vector<MonitorHistory> &monitoring, const Policy &policy, const QDateTime &now);

} // namespace cockpit
