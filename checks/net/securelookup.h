// Records that are proven by DNSSEC from the root down (RFC 4035 section 5): for the few that count only then.
#pragma once

#include "checks/net/dnsclient.h"

#include <QDateTime>

namespace cockpit {

// RFC 4033 section 5.
enum class SecurityStatus {
    Secure,   // a chain of signatures leads from a trust anchor to the records
    Insecure, // no chain of DS records promises signatures, whatever signatures there are
    Bogus,    // promised, and the signatures are not there or do not hold: validating resolvers answer nothing
    Unknown,  // an answer on the way did not come
};
QString toWord(SecurityStatus state);

struct ProvenAnswer
{
    DnsAnswer answer;
    SecurityStatus proof = SecurityStatus::Insecure;

    bool operator==(const ProvenAnswer &) const = default;
};

// DS records of the root's keys (resources/rules/root-anchors.json); a question, so that tests give their own.
struct TrustAnchors
{
    using Answer = std::vector<DnsRecord>;
    QString key() const { return {}; }
    int roundTrips() const { return 0; }
};
[[nodiscard]] Result<std::vector<DnsRecord>> probe(const TrustAnchors &question, ProbeContext &context);

// Aliases are followed, and each of them has to be proven too; one without a signature counts as unsigned where its
// zone signs otherwise (a DNAME may have made it). That there are no records is never Secure: Insecure, or what is
// wrong with the aliases that lead there or the zone that says so. Errors: those of DnsLookup.
struct SecureLookup
{
    using Answer = ProvenAnswer;
    QString name;
    RrType type = RrType::Tlsa;
    QDateTime now;

    QString key() const;
    int roundTrips() const { return 0; } // its look-ups ask
};
[[nodiscard]] Result<ProvenAnswer> probe(const SecureLookup &question, ProbeContext &context);

} // namespace cockpit
