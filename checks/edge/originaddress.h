// Asks one address for a page of a host, whatever DNS says: with the host's name in Host and SNI, as the edge does.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

struct OriginAnswer
{
    Result<HttpResponse> response;
    // The connection stood, and TLS where it is wanted: who then gives no whole page is there all the same. Empty:
    // could not be told, because the run was over.
    std::optional<bool> wasOpen = {};
};

struct OriginGet
{
    using Answer = OriginAnswer;

    QUrl url;        // of the host; its port is asked
    QString address; // an IP literal
    QString key() const;
    int roundTrips() const { return 2; } // handshake, exchange
};

// An address inside a network of one's own, and loopback, is not asked (NotPermitted) unless an override points there
// (--connect ADDRESS:PORT:…): a name in public DNS must not send us about the network that we are in. Each address has
// its own connection, taken from the run's budget of requests; silence is given up after kOriginPatience. Errors beside
// that: Cancelled, and those of the trust roots; what the exchange failed of is in the answer.
[[nodiscard]] Result<OriginAnswer> probe(const OriginGet &question, ProbeContext &context);

constexpr std::chrono::milliseconds kOriginPatience{3000};

} // namespace cockpit
