// What the resolver makes of the domain: its word, and its behaviour.
#pragma once

#include "checks/dns/dnssec.h"
#include "models/finding.h"

#include <vector>

namespace cockpit {

// Adds the resolver's word to the finding that explains it or, without one, a finding of its own.
void judgeResolver(const DnssecFacts &facts, std::vector<Finding> &findings);

} // namespace cockpit
