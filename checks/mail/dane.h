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

// The certificates from the server's own up to the one that the record names, each signed by the next; empty when the
// record does not fit. DANE-EE names the server's own, DANE-TA any of them. Names and dates aside.
std::vector<Certificate> pathTo(const TlsaRecord &record, const std::vector<Certificate> &chain);
bool fits(const TlsaRecord &record, const std::vector<Certificate> &chain);

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
DanePin pinOf(const DaneLook &look, const std::vector<Certificate> &chain);
// Of the paths to an authority that a record names, one holds by its dates. The authority's own dates do not count,
// unless the server's certificate is the authority.
bool hasValidDates(const DaneLook &look, const std::vector<Certificate> &chain, const QDateTime &now);
// A record that fits beside one that does not yet, or no longer: how certificates are changed without losing mail
// (RFC 7671 section 8.1).
bool isRollOver(const DaneLook &look, const std::vector<Certificate> &chain);
// absent, unsigned, bogus, unknown, unusable, matches, mismatch
QString daneWord(const DaneLook &look, const std::vector<Certificate> &chain);

} // namespace cockpit
