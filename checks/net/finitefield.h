// The prime of a server's Diffie-Hellman key exchange (TLS 1.2 and below): short ones were broken for everybody at once
// (weakdh.org), so its length is part of what a server offers.
#pragma once

#include "checks/net/tlsprobe.h"
#include "models/result.h"

#include <QByteArrayView>

namespace cockpit {

enum class FlightState { NeedMore, Found, Absent };

struct PrimeRead
{
    FlightState state = FlightState::NeedMore;
    int bits = 0; // when Found

    bool operator==(const PrimeRead &) const = default;
};

// The bytes of a server's first flight, as far as they have come: records, and in them messages that may be spread over
// several records (RFC 5246 sections 6.2 and 7.4). Absent: the flight ended, or is no such flight.
PrimeRead readPrime(QByteArrayView bytes);

// Offers suites with such a key exchange alone. Empty: refused (with silence too, once the connection stands), or
// nothing of it could be read.
struct FiniteFieldPrime
{
    using Answer = std::optional<int>; // bits
    QString host;
    std::uint16_t port = 443;
    TlsVersion version = TlsVersion::Tls12;

    QString key() const;
};
// Errors: those of a connection, TimedOut, Cancelled.
[[nodiscard]] Result<std::optional<int>> probe(const FiniteFieldPrime &question, ProbeContext &context);

} // namespace cockpit
