// access.subdomain-bypass: no other host of the product serves what its usual one refuses. Addresses that refuse a
// stranger, or an ordinary account, are asked for on every other host that the person allowed.
// observed: as access.method-tampering (methodtampering.h), "way" is other_host; "hosts": the hosts that were asked.
#pragma once

#include "checks/access/bypass.h"

namespace cockpit {

Check subdomainBypassCheck();
Judged judgeSubdomainBypass(const BypassLook &look, const QStringList &hosts);

} // namespace cockpit
