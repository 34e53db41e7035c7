// dns.caa: the rules on who may issue certificates allow the host's own issuer, so renewal is not refused (RFC 8659).
// observed: found_at, records["0 issue …"], issuers[] (null: everybody), certificate_issuer, allowed (null: not known),
// not_seen (models/unseen.h).
#pragma once

#include "checks/dns/caarecord.h"
#include "checks/engine/check.h"
#include "checks/net/tlsprobe.h"

#include <optional>

namespace cockpit {

struct CaaFacts
{
    QString host;
    std::vector<QString> names;             // caaClimb(host)
    std::vector<Result<DnsAnswer>> answers; // CAA, one for each name
    std::optional<Certificate> certificate; // the one in use; empty when none could be seen
    QString edgeProviderId;                 // an edge of knownAuthorities() that answers for the host; empty: none
};

// What the records come to, for whoever has to know.
struct CaaRules
{
    std::optional<QStringList> issuers = {}; // by domain; no value: everybody, as far as the records could be read
    std::optional<bool> mayRenew = {};       // the issuer of the certificate in use; no value: not known
};
CaaRules rulesIn(const CaaFacts &facts);

Check caaCheck();
// The look's host, asked once per run whoever asks first.
CaaFacts askCaa(const Look &look);
Judged judgeCaa(const CaaFacts &facts);

} // namespace cockpit
