// Which key exchange groups a server takes in TLS 1.3, the post-quantum hybrids among them.
#pragma once

#include "checks/net/tlsprobe.h"

#include <span>

namespace cockpit {

struct TlsGroup
{
    std::uint16_t id = 0;
    const char *name = nullptr; // of the IANA registry
    bool isPostQuantum = false;

    bool operator==(const TlsGroup &other) const { return id == other.id; }
};

// Those that are asked for, the most wanted first.
std::span<const TlsGroup> askedGroups();

// One hello for each group, without a key share: a HelloRetryRequest that names the group proves it (RFC 8446 section
// 4.1.4), and no cryptography is needed. Ask only where TLS 1.3 is spoken.
struct TlsGroupsOffered
{
    using Answer = std::vector<TlsGroup>; // in the order of askedGroups()
    QString host;
    std::uint16_t port = 443;
    QString key() const;
    int roundTrips() const { return 0; } // its hellos ask
};
// Errors: those of a connection, TimedOut, Protocol, Cancelled: the first that occurred.
[[nodiscard]] Result<std::vector<TlsGroup>> probe(const TlsGroupsOffered &question, ProbeContext &context);

} // namespace cockpit
