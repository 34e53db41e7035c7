// The signature chain of a domain, read out of the answers: what the registry vouches for, and whether the signatures
// fit.
#pragma once

#include "checks/dns/dnssec.h"
#include "checks/net/dnssec.h"

#include <optional>
#include <vector>

namespace cockpit {

struct DnssecChain
{
    std::vector<DnsRecord> ds;
    std::vector<DnsRecord> keys;
    bool isVouchedFor = false;       // a DS fits a key
    bool isSignedByOthers = false;   // the keys are signed, but by none that a DS vouches for
    bool isSignedAsPromised = false; // both sets bear signatures by an algorithm of the DS records
    SignatureLook keySignature;      // with DS records: by the keys that they vouch for
    SignatureLook zoneSignature;
    std::optional<int> nsec3Iterations;

    // Validators treat a zone as unsigned when they know none of its algorithms (RFC 4035 section 5.2).
    bool isProtected() const;
};

DnssecChain readChain(const DnssecFacts &facts);

} // namespace cockpit
