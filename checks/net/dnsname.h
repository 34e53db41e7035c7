// What may be asked for in the DNS (RFC 1035 section 2.3.4).
#pragma once

#include "models/result.h"

#include <QString>

namespace cockpit {

// Lower case, A-labels, no trailing dot. BadInput for what cannot be a DNS name: empty label, label over 63 bytes, name
// over 253 bytes, blanks, control characters or backslashes. Underscores and wildcards are fine.
[[nodiscard]] Result<QString> normaliseDnsName(const QString &name);

} // namespace cockpit
