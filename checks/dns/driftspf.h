// Changed SPF records: who may no longer send for the domain, and who may that could not before.
#pragma once

#include "checks/dns/driftmail.h"

namespace cockpit {

// change: of the TXT records those that are SPF, on both sides; they differ. At least one finding.
std::vector<Finding> spfDriftFindings(const DriftChange &change);

} // namespace cockpit
