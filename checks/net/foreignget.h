// Fetches what a certificate points to: a stranger's address, so that it must not lead into the own network.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

// One GET, without redirects. Errors: those of HttpGet; NotPermitted for another scheme and for addresses that are
// loopback, link-local or private (unless --connect leads there); Protocol for any status but 200 and for a body that
// is longer than bodyCap.
struct ForeignGet
{
    using Answer = QByteArray; // the body
    QUrl url;
    qint64 bodyCap = kDefaultBodyCap;
    QString key() const { return url.toString(QUrl::FullyEncoded); }
    int roundTrips() const { return 0; } // its request asks
};
[[nodiscard]] Result<QByteArray> probe(const ForeignGet &question, ProbeContext &context);

} // namespace cockpit
