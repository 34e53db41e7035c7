// Which domains speak for an author (identifier alignment), and which DMARC record counts for him: by the tree walk of
// RFC 9989 and by the public suffix list of RFC 7489.
#pragma once

#include "checks/engine/observations.h"
#include "checks/mail/dmarcwalk.h"
#include "models/messagestory.h"

namespace cockpit {

// What the DNS says on the way up from one domain.
struct DomainStanding
{
    QString domain;
    std::vector<DmarcLevel> levels; // of dmarcWalkNames(domain)
    QString publicSuffixDomain;     // registrable domain by the list
    bool existsInDns = true;        // false: the name servers say that there is no such name

    DmarcDiscovery byWalk() const { return discoverByTreeWalk(levels); }
    DmarcDiscovery byList() const { return discoverBySuffixList(levels, publicSuffixDomain); }
    // A name server failed whose answer could have changed what the walk found.
    bool isUnsure() const;
};

// Blocks while it asks.
DomainStanding askForStanding(const QString &domain, Observations &seen);

Alignment alignmentOf(const DomainStanding &identifier, const DomainStanding &author);

} // namespace cockpit
