// Which outdated suites a server would take, and whether it takes the good ones, for TLS 1.2 and below. Everything that
// is in TLS 1.3 is good.
#pragma once

#include "checks/net/tlsprobe.h"

namespace cockpit {

struct CipherFacts
{
    std::vector<TlsVersion> versions;     // that it speaks, oldest first
    std::vector<std::uint16_t> weakPicks; // the first weak suite that it took of each family
    bool hasForwardSecrecy = true;        // below TLS 1.3
    bool hasAead = true;                  // below TLS 1.3
    std::optional<int> primeBits = {};    // of its Diffie-Hellman group; empty: it takes no such suite, or it hid it

    bool operator==(const CipherFacts &) const = default;
};

// A server without weak suites is asked with three hellos more than for its versions, and one for each version
// below 1.3; each weak family that it takes costs one more. An outdated offer that is met with silence on a connection
// that stands counts as refused, as in TlsVersionsOffered.
struct TlsCiphers
{
    using Answer = CipherFacts;
    QString host;
    std::uint16_t port = 443;
    QString key() const;
    int roundTrips() const { return 0; } // its hellos ask
};
// Errors: those of TlsVersionsOffered; Protocol when no version is spoken.
[[nodiscard]] Result<CipherFacts> probe(const TlsCiphers &question, ProbeContext &context);

} // namespace cockpit
