// tls.expiry: is the host's own certificate within its dates, and is it being renewed in time?
// observed: {"certificate": {…}, "days_left": n (negative when expired), "life_days": n}
#pragma once

#include "checks/tls/certificatefacts.h"

namespace cockpit {

Judged judgeExpiry(const Host &host, const Certificate &leaf, const QDateTime &now);

Check tlsExpiry();

} // namespace cockpit
