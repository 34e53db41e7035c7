// Company proxies and antivirus programs open secure connections and sign them anew with an authority of their own,
// which the computer was made to trust. What is seen then is not the site's certificate.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/tlsprobe.h"

#include <optional>

namespace cockpit {

// The name under which the connection was signed anew, by the well-known ones; empty when it does not look like that.
// Who re-signs does so for the name that was asked for: a certificate of such a maker for another one is that which his
// device came with, and a fault of the host.
std::optional<QString> interceptorIn(const TlsSession &session, const QString &host);

// not_run, when the handshake with the look's host met one of them. Nothing is said where there is no handshake.
std::optional<Judged> interceptedAt(const Look &look);

} // namespace cockpit
