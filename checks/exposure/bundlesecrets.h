// exposure.bundle-secrets: the code sent to browsers holds no key or private address.
// observed: url, status, headers, chain, "files", "bytes", "skipped", "keys": [{"rule","name","class": secret|public|
// test_mode|internal_address,"masked","file"}].
#pragma once

#include "checks/engine/check.h"
#include "checks/exposure/bundle.h"
#include "checks/exposure/secretrules.h"

namespace cockpit {

Check bundleSecretsCheck();
Judged judgeBundle(const Bundle &bundle, const std::vector<SecretRule> &rules, const RedirectChain &chain);

} // namespace cockpit
