// exposure.bundle-secrets: the code sent to browsers holds no key or private address.
// observed: url, status, headers, chain, "files", "bytes", "skipped", "keys": [{"rule","name","class": secret|public|
// test_mode|internal_address,"masked","file"}], "source_maps": [addresses whose text is open to everybody].
#pragma once

#include "checks/engine/check.h"
#include "checks/exposure/secretrules.h"
#include "checks/web/bundle.h"

#include <functional>

namespace cockpit {

Check bundleSecretsCheck();
// isOver: asked again and again while a file is searched, which may be long. What was not searched counts as skipped.
Judged judgeBundle(
    const Bundle &bundle, const std::vector<SecretRule> &rules, const RedirectChain &chain,
    const std::function<bool()> &isOver = [] { return false; });

} // namespace cockpit
