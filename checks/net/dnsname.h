// What may be asked for in the DNS (RFC 1035 sections 2.3.4 and 5.1).
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>

namespace cockpit {

// Lower case, A-labels, no trailing dot. BadInput for what cannot be a DNS name: empty label, label over 63 bytes, name
// over 253 bytes, and blanks or control characters that are not written as \DDD. Underscores and wildcards are fine.
// "." is the root.
[[nodiscard]] Result<QString> normaliseDnsName(const QString &name);

// The name with every byte that cannot stand for itself as \DDD; dots separate labels.
QString escapedDnsName(const QByteArray &name);

// Where the name of an address (a literal) is asked for (RFC 1035 section 3.5, RFC 3596 section 2.5):
// "1.2.0.192.in-addr.arpa".
QString reverseNameOf(const QString &ip);

// A label that nobody uses, new each time: "lc-" and sixteen hex digits.
QString randomLabel();

} // namespace cockpit
