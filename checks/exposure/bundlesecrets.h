// exposure.bundle-secrets: the code sent to browsers holds no key or private address.
// observed: url, status, headers, chain, "files", "bytes", "skipped", "keys": [{"rule","name","class": secret|public|
// test_mode|internal_address|own_machine,"masked","file","fingerprint": where this machine keeps a key for them}],
// "source_maps": [addresses whose text is open to everybody], "test_addresses", "feature_flags" and "test_logins" as in
// bundlehints.h.
#pragma once

#include "checks/engine/check.h"
#include "checks/exposure/webkeys.h"
#include "checks/web/bundle.h"

namespace cockpit {

Check bundleSecretsCheck();
// What was not searched, because time was over, counts as skipped. Fingerprints are told where they mean something to a
// later run: with a key that is kept.
enum class Fingerprints { OfThisRun, Kept };
// target: tells the product's own addresses from others.
Judged judgeBundle(const Bundle &bundle, WebKeys &keys, const RedirectChain &chain, const Target &target,
                   Fingerprints fingerprints = Fingerprints::OfThisRun);

} // namespace cockpit
