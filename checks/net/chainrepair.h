// A chain with a missing link, as browsers treat it: they fetch what is missing from where the certificates say it is
// (authority information access, RFC 5280 section 4.2.2.1). Phones, webhooks and command lines do not.
#pragma once

#include "checks/net/tlsprobe.h"

namespace cockpit {

enum class RepairEnd {
    Repaired,       // with what was fetched, a path leads to a trusted root
    StillUntrusted, // everything was fetched, and no path leads to one
    NoPointer,      // a certificate does not say where its issuer is
    CouldNotFetch,  // it says so, but nothing usable came
};
QString toWord(RepairEnd end);

struct ChainRepair
{
    RepairEnd end = RepairEnd::NoPointer;
    QStringList fetched = {}; // subjects
    QString problem = {};     // CouldNotFetch: what happened

    bool operator==(const ChainRepair &) const = default;
};

// Of the chain of TlsHandshake{host, port}. Errors: those of the handshake, Cancelled.
struct RepairChain
{
    using Answer = ChainRepair;
    QString host;
    std::uint16_t port = 443;
    QString key() const;
    int roundTrips() const { return 0; } // what it rests on asks
};
[[nodiscard]] Result<ChainRepair> probe(const RepairChain &question, ProbeContext &context);

// A certificate in DER, in PEM, or the first of a bundle (PKCS #7, as some authorities publish). Empty: none of these.
QByteArray certificateIn(const QByteArray &bytes);

} // namespace cockpit
