// How long a public certificate may live, by the day of its issue (Baseline Requirements, ballot SC-081v3).
#pragma once

#include <QDateTime>

namespace cockpit {

int allowedLifeDays(const QDateTime &notBefore);
// Its last second counts (RFC 5280 section 4.1.2.5).
bool livesTooLong(const QDateTime &notBefore, const QDateTime &notAfter);

} // namespace cockpit
