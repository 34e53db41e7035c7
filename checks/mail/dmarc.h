// mail.dmarc: a DMARC policy exists, is valid and tells receivers what to do with fakes (RFC 9989, RFC 7489 beside it).
// observed: status, record, policy{apex, subdomain, nonexistent}, organizational_domain, rfc7489{policy,
// organizational_domain} (cli.md), rfc7489{subdomain, percentage}, found_at, reports[], effect[] (one sentence each for
// the domain, existing and made-up subdomains), disagreements[] (words), notes[], not_seen (models/unseen.h).
#pragma once

#include "checks/engine/check.h"
#include "checks/mail/dmarcreports.h"

namespace cockpit {

struct DmarcFacts
{
    std::vector<DmarcLevel> levels; // of dmarcWalkNames(domain)
    QString publicSuffixDomain;     // registrable domain by the public suffix list
    bool isPublicSuffix = false;    // of that list
    bool sendsNoMail = false;       // null MX or "v=spf1 -all": the record to paste may be strict at once
    std::vector<DmarcReceiver> receivers;
    QByteArray strayRecord;        // a DMARC record at the domain itself, where nobody looks for it
    bool isByWildcard = false;     // every name of the domain answers with what stands at _dmarc
    QStringList bulkServices = {}; // companies that its SPF record lets send, and whose trade is mail to many
};

Check dmarcCheck();
Judged judgeDmarc(const DmarcFacts &facts);
// Without an answer: the facts that other programs read are there all the same, without values.
Judged dmarcNotRead(const Error &error);

} // namespace cockpit
