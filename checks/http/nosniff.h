// http.nosniff: browsers are told not to guess a file's type.
// observed: url, status, headers{x-content-type-options, content-type}, chain.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

Check nosniffCheck();
Judged judgeNosniff(const RedirectChain &chain);

} // namespace cockpit
