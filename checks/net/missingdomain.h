// A domain that is not there at all. That it has no records then is no news, and dns.resolution says what is
// wrong.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

// The name does not exist, and so nothing below it does (RFC 8020). Two kinds of records have to agree: some servers
// deny the name when asked for a kind that they do not know.
bool isMissingDomain(const QString &domain, Observations &seen);

// The judgement as it is or, for a domain that does not exist, the reason why there is none; what was observed stays.
Judged unlessMissing(Judged judged, const QString &domain, Observations &seen);

} // namespace cockpit
