// edge.detect: Cloudflare or a like service stands in front of each public host.
// observed: "url", "status", "edge": {"id","name","sure"}|null (what takes the connections), "hosting": {..}|null (what
// answers behind it), "dns_only": id|null (whose name servers name the host, while visitors go past its network),
// "signals": [{"provider","source","evidence"}].
#pragma once

#include "checks/edge/edgesigns.h"
#include "checks/engine/check.h"

namespace cockpit {

// The other hosts of the target.
struct EdgeNeighbours
{
    // That nothing stands before, in the target's order; the first of them carries the finding for all, because one
    // move repairs them together.
    QStringList unshielded = {};
    QStringList shielded = {}; // that an edge stands before
};

Check edgeDetectCheck();
Judged judgeEdge(const std::vector<EdgeSignal> &found, const std::vector<Provider> &providers,
                 const HttpResponse &answer, const EdgeNeighbours &neighbours);

} // namespace cockpit
