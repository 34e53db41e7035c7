// What is wrong with a signature chain, and what visitors meet because of it.
#pragma once

#include "checks/dns/dnssecchain.h"
#include "models/finding.h"

namespace cockpit {

// Of the chain itself: one that is broken is a finding of its own, and nothing else is said about it then.
std::vector<Finding> chainFindings(const DnssecChain &chain, const DnssecFacts &facts);

// The domain cannot be reached by those who check signatures.
bool isBogus(const std::vector<Finding> &findings);

// For people, in UTC.
QString dnssecDate(const QDateTime &time);

} // namespace cockpit
