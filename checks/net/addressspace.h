// Which addresses a stranger's server must not be able to send us to.
#pragma once

#include <QString>

namespace cockpit {

// Loopback, link-local, private (RFC 1918, RFC 4193), shared (RFC 6598) and unspecified addresses, also written as
// IPv4-mapped IPv6. Among them are the metadata services of the clouds. False for what is not an address.
bool isPrivateAddress(const QString &ip);

bool isIpAddress(const QString &host);

} // namespace cockpit
