// DANE for mail (RFC 7672): TLSA records at _25._tcp.<mail host>, held against the certificate that the host shows.
#pragma once

#include "checks/net/securelookup.h"
#include "checks/net/tlsprobe.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

struct TlsaRecord
{
    int usage = 0;        // 3: this certificate or key (DANE-EE); 2: one above it (DANE-TA); 0 and 1: not for mail
    int selector = 0;     // 0: whole certificate, 1: public key
    int matchingType = 0; // 0: the bytes themselves, 1: SHA-256, 2: SHA-512
    QByteArray association;

    // RFC 7672 section 3.1.3: senders pass over PKIX usages; and over parameters that nobody defined.
    bool isUsable() const;
    bool operator==(const TlsaRecord &) const = default;
};

// "3 1 1 2B73…" in presentation form; empty when it is none.
std::optional<TlsaRecord> parseTlsa(const QString &presentation);

// What the records that fit leave for a sender to check. Of both, the stronger one counts.
enum class DanePin {
    None,
    Authority,   // usage 2 alone: the name and the dates count as ever (RFC 7672 section 3.1.2)
    Certificate, // usage 3: nothing else counts, neither name nor dates (section 3.1.1)
};

enum class DaneState {
    Absent,   // no TLSA records
    Unsigned, // records that nobody can trust: senders pass over them
    Bogus,    // signatures that do not hold, or none where there should be: DANE senders keep the mail back
    Unknown,  // the proof could not be followed
    Secure,
};

struct DaneLook
{
    DaneState state = DaneState::Absent;
    std::vector<TlsaRecord> records;
    QString base = {}; // the name behind "_25._tcp."; what a certificate has to be for when its authority is pinned
    std::optional<Error> problem = {}; // why it is unknown, where an answer did not come
    bool isAliasAtFault = false;       // unsigned, though the records themselves are proven: an alias leads to them

    bool isBinding() const; // secure, and at least one record can be used
};

DaneLook readDane(const ProvenAnswer &answer);

// How the records fit the certificates that the server sent. Names aside.
struct DaneMatch
{
    QString word; // absent, unsigned, bogus, unknown, unusable, matches, mismatch
    DanePin pin = DanePin::None;
    // Of the paths to an authority that a record names, one holds by its dates. As OpenSSL sees it, and with it most
    // senders: the dates of all count up to the authority, and its own when it has signed itself.
    bool hasValidDates = false;
    // A record that fits beside one that does not yet, or no longer: how certificates are changed without losing mail
    // (RFC 7671 section 8.1).
    bool isRollOver = false;
};

// Of what the server sent, so many certificates are looked at: its own, and as many above it as Postfix follows.
constexpr std::size_t kMostDaneCertificates = 10;

// chain: as served, the server's own first; empty when nobody saw it. DANE-EE names the server's own certificate,
// DANE-TA any from there upwards, each signed by the next.
DaneMatch matchDane(const DaneLook &look, const std::vector<Certificate> &chain, const QDateTime &now);

} // namespace cockpit
