#include "checks/monitor/family.h"

#include "checks/monitor/certificate.h"
#include "checks/monitor/latency.h"
#include "checks/monitor/uptime.h"

namespace cockpit {

std::vector<Check> monitorChecks()
{
    return {uptimeMonitorCheck(), latencyMonitorCheck(), certificateMonitorCheck()};
}

} // namespace cockpit
