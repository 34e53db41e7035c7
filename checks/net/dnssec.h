// DNSSEC signatures (RFC 4034, RFC 4035): whether a set of records is signed by a zone's keys, and whether the parent
// vouches for one of them. Works on answers that were asked for with the DO and CD bits.
#pragma once

#include "checks/net/dnsclient.h"

#include <QDateTime>

#include <optional>
#include <vector>

namespace cockpit {

enum class SignatureState {
    Valid,
    Missing,     // no signature of this type
    Expired,     // was valid once
    NotYetValid, // the signer's clock runs ahead
    NoKey,       // made with a key that the zone does not publish
    Unsupported, // cannot be checked: an algorithm that this computer's OpenSSL does not have, or too much to look at
    Wrong,       // does not fit the records
};
QString toWord(SignatureState state); // "not_yet_valid"

struct SignatureLook
{
    SignatureState state = SignatureState::Missing;
    // Of the signature that counts: of all valid ones the latest, else the latest of all.
    QDateTime inception;
    QDateTime expiration;

    bool operator==(const SignatureLook &) const = default;
};

// The records of one type at one name in the answer, against the RRSIGs beside them. keys: of type DNSKEY. Of more than
// any honest zone has, a part is looked at; without a valid signature in it, the state is Unsupported.
SignatureLook verifySignature(const DnsAnswer &answer, RrType type, const std::vector<DnsRecord> &keys,
                              const QDateTime &now);

// A DS record (RFC 4034 section 5) or DNSKEY (section 2), as far as people are told about it.
struct KeyFacts
{
    int keyTag = 0;
    int algorithm = 0;               // IANA number
    int digestType = 0;              // DS only
    bool isSecureEntryPoint = false; // DNSKEY only
};
std::optional<KeyFacts> keyFactsOf(const DnsRecord &record);

// A DS by which this computer can check a key: its algorithm and its digest are known here (IANA's numbers). A zone
// without one counts as unsigned (RFC 6840 section 5.2).
bool isCheckableDs(const DnsRecord &ds);
// The parent's DS is the digest of this key.
bool vouchesFor(const DnsRecord &ds, const DnsRecord &key);
// The keys that a DS vouches for: one of them has to sign the set of keys (RFC 4035 section 5.2).
std::vector<DnsRecord> keysVouchedFor(const std::vector<DnsRecord> &keys, const std::vector<DnsRecord> &ds);
// More keys or DS records than are looked at (KeyTrap, CVE-2023-50387): what the rest would say is not known.
bool isTooMuchToCheck(const std::vector<DnsRecord> &keys, const std::vector<DnsRecord> &ds);
// A signature of this type is made by an algorithm of one of the DS records that can be checked here. Without one, who
// knows those algorithms takes the records for forged (RFC 4035 section 5.2).
bool isSignedAsPromised(const DnsAnswer &answer, RrType type, const std::vector<DnsRecord> &ds);

// "RSASHA256 (8)".
QString dnssecAlgorithmName(int algorithm);
// RFC 8624 section 3.1: must not be used for signing any more.
bool isOutdatedDnssecAlgorithm(int algorithm);

} // namespace cockpit
