// What can be wrong with a domain's DMARC, each with the record to paste.
#pragma once

#include "checks/mail/dmarc.h"

namespace cockpit {

std::vector<Finding> dmarcFindings(const DmarcFacts &facts, const DmarcDiscovery &found);

} // namespace cockpit
