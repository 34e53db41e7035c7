// What the resolver makes of the domain: its word, and its behaviour.
#pragma once

#include "checks/dns/dnssec.h"
#include "models/finding.h"

#include <vector>

namespace cockpit {

// Adds the resolver's word to the finding that explains it or, without one, a finding of its own.
void judgeResolver(const DnssecFacts &facts, std::vector<Finding> &findings);

// Why nobody knows what resolvers make of the domain: a sentence. Empty when its resolver answered, or refuses.
QString whyResolverIsUnknown(const DnssecFacts &facts);

} // namespace cockpit
