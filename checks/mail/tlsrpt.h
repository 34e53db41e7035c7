// mail.tls-rpt: reports on failed encrypted delivery have an address to go to (RFC 8460). Optional: absent is no fault.
// observed: status (none|valid|invalid|temperror), record, reports[].
#pragma once

#include "checks/engine/check.h"
#include "checks/net/dnsclient.h"

namespace cockpit {

Check tlsRptCheck();
// answer: TXT at _smtp._tls.<domain>.
Judged judgeTlsRpt(const QString &domain, const DnsAnswer &answer);

} // namespace cockpit
