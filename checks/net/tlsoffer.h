// What a server makes of an offer that nobody would make who means to talk: one family of suites, one group.
#pragma once

#include "checks/engine/probe.h"
#include "checks/net/clienthello.h"

#include <optional>

namespace cockpit {

// One connection, one hello, and the server's choice. Errors: those of a connection, TimedOut (no answer to the hello:
// some firewalls drop outdated ones), Protocol (not TLS), Cancelled.
struct TlsOffer
{
    // Empty: refused, or something was chosen that was not on offer.
    using Answer = std::optional<HelloAnswer>;
    QString host;
    std::uint16_t port = 443;
    HelloOffer offer; // its serverName is the host

    QString key() const;
};
[[nodiscard]] Result<std::optional<HelloAnswer>> probe(const TlsOffer &question, ProbeContext &context);

} // namespace cockpit
