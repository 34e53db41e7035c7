// dns.resolution: each address you use leads to the server you expect.
// observed: hosts[{name, status, addresses[], chain[]}]; status is a DnsStatus word, "timeout" or "unreachable".
#pragma once

#include "checks/engine/check.h"
#include "checks/net/dnsclient.h"

namespace cockpit {

struct HostResolution
{
    Host host;
    Result<DnsAnswer> v4;
    Result<DnsAnswer> v6;
    bool privateIsExpected = false; // loopback look, or --connect points elsewhere
};

Check resolutionCheck();
Judged judgeResolution(const std::vector<HostResolution> &hosts);

} // namespace cockpit
