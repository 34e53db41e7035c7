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

struct OpenReferences
{
    std::vector<OpenReference> references;
    QStringList problems; // what could not be read, a sentence each
};

OpenReferences aliasReferences(const FoundNames &names);
OpenReferences mailReferences(const QString &domain, Observations &seen);
OpenReferences spfReferences(const QString &domain, Observations &seen);
// Of the record that counts for the domain, which may stand above it (RFC 9989 section 4.10).
OpenReferences reportReferences(const QString &domain, Observations &seen);
OpenReferences scriptReferences(const QString &domain, const FoundNames &names);

// A zone and the name servers that are in charge of it.
struct ZoneServers
{
    QString zone;
    QStringList servers;
    bool hasLivingNames = false; // a name below has an address, which its servers alone can have told
};
struct FoundZones
{
    std::vector<ZoneServers> zones;
    QStringList problems;
};
// The domain itself, and the names below it that it hands to other name servers.
FoundZones zonesOf(const QString &domain, const FoundNames &names, Observations &seen);

} // namespace cockpit
