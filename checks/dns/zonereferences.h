// Whether the name servers of a zone know it.
#pragma once

#include "checks/dns/referencelists.h"

namespace cockpit {

// servers: one reference for each server of the zone, by its name. Those that do not have the zone become ZoneRefused,
// and Unclear those of which that cannot be said: a server that fails or keeps silent may know the zone very well. When
// the resolver knows the zone though none of its servers seems to, the network answers in their place, or the resolver
// remembers: all are Unclear.
void askNameServers(const ZoneServers &zone, std::vector<SeenReference> &servers, Observations &seen);

} // namespace cockpit
