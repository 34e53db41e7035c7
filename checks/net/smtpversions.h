// Which TLS versions a mail server takes after STARTTLS.
#pragma once

#include "checks/engine/probe.h"
#include "checks/net/tlsprobe.h"

namespace cockpit {

// Those below the version that a handshake with it led to, newest first. Walks down: a hello that offers one version at
// most is answered with the best that both know, so that a server without old versions is asked once or twice, and
// nobody more than three times. One connection after the other: mail servers count strangers' connections.
// An old hello that gets no answer counts as refused (some firewalls drop them). Errors: those of SmtpHello.
struct SmtpOlderVersions
{
    using Answer = std::vector<TlsVersion>;
    QString host;
    SocketAddress address;
    TlsVersion best = TlsVersion::Tls13;
    std::uint16_t port = 25;
    QString sender = {}; // see SmtpHello

    QString key() const;
    int roundTrips() const { return 8; } // of a server of today: twice connect, EHLO, STARTTLS, hello
};
[[nodiscard]] Result<std::vector<TlsVersion>> probe(const SmtpOlderVersions &question, ProbeContext &context);

} // namespace cockpit
