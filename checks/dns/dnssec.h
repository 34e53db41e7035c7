// dns.dnssec: if the domain is signed, the signature chain holds and does not take the site offline (RFC 4035).
// observed: state (secure|insecure|bogus), ds[{key_tag, algorithm, digest_type, matches}], keys[{key_tag, algorithm,
// secure_entry_point}], signatures[{type, state, inception, expiration}], resolver_validates, nsec3_iterations|null,
// not_seen (models/unseen.h).
#pragma once

#include "checks/engine/check.h"
#include "checks/net/dnsclient.h"

namespace cockpit {

// All asked for with the DO bit; all but `plain` with CD too, so that a validating resolver shows what is broken.
struct DnssecFacts
{
    QString domain;
    DnsAnswer ds;            // of the parent
    DnsAnswer keys;          // DNSKEY
    DnsAnswer soa;           // a set that every zone has
    Result<DnsAnswer> plain; // SOA as everybody asks for it: what the resolver makes of it
    QDateTime now;
    std::optional<Result<DnsAnswer>> second = {}; // the same from another resolver, when `plain` is refused
    // NSEC3PARAM; without records for a zone that has none, or is not signed.
    Result<DnsAnswer> hashing = DnsAnswer();
};

// The resolver fails for everybody who asks, where it answered to who told it not to check signatures (the CD bit, RFC
// 4035 section 3.2.2), and names no other reason (RFC 8914): that is what a broken chain looks like.
bool refusesForSignatures(const Result<DnsAnswer> &plain);

Check dnssecCheck();
Judged judgeDnssec(const DnssecFacts &facts);

} // namespace cockpit
