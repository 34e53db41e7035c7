// http.permissions-policy: camera, location and the like are off unless you need them.
// observed: url, status, headers{permissions-policy, feature-policy}, chain, "features": {"camera":
// "nobody"|"own"|"listed"|"everybody"}.
#pragma once

#include "checks/engine/check.h"
#include "checks/http/permissionsfeatures.h"
#include "checks/net/httpclient.h"

namespace cockpit {

Check permissionsPolicyCheck();
Judged judgePermissionsPolicy(const RedirectChain &chain);

} // namespace cockpit
