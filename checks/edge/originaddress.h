// Asks one address for a page of a host, whatever DNS says: with the host's name in Host and SNI, as the edge does.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

struct OriginGet
{
    using Answer = HttpResponse;

    QUrl url;        // of the host; its port is asked
    QString address; // an IP literal
    QString key() const;
    int roundTrips() const { return 2; } // handshake, exchange
};

// An address inside a network of one's own, and loopback, is not asked (NotPermitted) unless an override points there
// (--connect ADDRESS:PORT:…): a name in public DNS must not send us about the network that we are in. Each address has
// its own connection, taken from the run's budget of requests; silence is given up after kOriginPatience. Errors beside
// that: those of HttpGet.
[[nodiscard]] Result<HttpResponse> probe(const OriginGet &question, ProbeContext &context);

constexpr std::chrono::milliseconds kOriginPatience{3000};

} // namespace cockpit
