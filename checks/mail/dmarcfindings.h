// What can be wrong with a domain's DMARC, each with the record to paste.
#pragma once

#include "checks/mail/dmarc.h"

namespace cockpit {

std::vector<Finding> dmarcFindings(const DmarcFacts &facts, const DmarcDiscovery &found);

// A first record: nothing is refused for the domain's own mail yet, made-up subdomains are, reports come in.
QString firstDmarcRecord(const QString &domain, bool sendsNoMail);
// The step after p=none: quarantine, with the record's report addresses kept.
QString nextDmarcRecord(const DmarcRecord &record, const QString &domain);

} // namespace cockpit
