// mail.dmarc: a DMARC policy exists, is valid and tells receivers what to do with fakes (RFC 9989, RFC 7489 beside it).
// observed: status, record, policy{apex, subdomain, nonexistent}, organizational_domain, rfc7489{policy,
// organizational_domain} (cli.md), found_at, reports[].
#pragma once

#include "checks/engine/check.h"
#include "checks/mail/dmarcwalk.h"

namespace cockpit {

struct DmarcFacts
{
    std::vector<DmarcLevel> levels;  // of dmarcWalkNames(domain)
    QString publicSuffixDomain;      // registrable domain by the public suffix list
    bool sendsNoMail = false;        // null MX or "v=spf1 -all": the record to paste may be strict at once
    QStringList unauthorisedReports; // domains of report addresses that have not agreed (RFC 9990 section 4)
};

Check dmarcCheck();
Judged judgeDmarc(const DmarcFacts &facts);

} // namespace cockpit
