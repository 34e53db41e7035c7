// The references of a domain, kind by kind, before anybody looks where they lead.
#pragma once

#include "checks/dns/references.h"

namespace cockpit {

// A reference and the questions whose answers say whether its target is there.
struct OpenReference
{
    Reference reference;
    std::vector<DnsLookup> questions;
};

std::vector<OpenReference> aliasReferences(const FoundNames &names);
std::vector<OpenReference> mailReferences(const QString &domain, Observations &seen);
std::vector<OpenReference> spfReferences(const QString &domain, Observations &seen);
std::vector<OpenReference> reportReferences(const QString &domain, Observations &seen);
std::vector<OpenReference> scriptReferences(const QString &domain, const FoundNames &names);

// A zone and the name servers that are in charge of it.
struct ZoneServers
{
    QString zone;
    QStringList servers;
};
// The domain itself, and the names below it that it hands to other name servers.
std::vector<ZoneServers> zonesOf(const QString &domain, const FoundNames &names, Observations &seen);

} // namespace cockpit
