#include "checks/monitor/family.h"

#include "checks/monitor/certificate.h"
#include "checks/monitor/eventlog.h"
#include "checks/monitor/latency.h"
#include "checks/monitor/requestids.h"
#include "checks/monitor/uptime.h"

namespace cockpit {

std::vector<Check> monitorChecks()
{
    return {uptimeMonitorCheck(), latencyMonitorCheck(), certificateMonitorCheck(), eventLogCheck(), requestIdsCheck()};
}

} // namespace cockpit
