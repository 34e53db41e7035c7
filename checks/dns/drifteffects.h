// What a changed set of records does to people: "mail stops", "the site moves", "somebody else now answers".
#pragma once

#include "models/dnsbaseline.h"
#include "models/finding.h"
#include "models/target.h"

namespace cockpit {

// before.values and after differ. At least one finding, each with its words for the effect.
std::vector<Finding> driftFindings(const DnsRecordSet &before, const QStringList &after, const Target &target);

} // namespace cockpit
