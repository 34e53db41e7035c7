// Where this machine keeps the compiled rules for secrets.
#pragma once

#include "checks/secrets/patternkeep.h"

namespace cockpit {

// Sealed with this machine's key, whatever key the fingerprints have: one from a repository's baseline is no secret.
// Without a folder where the key cannot be kept.
PatternKeeping ownPatternPlace();

} // namespace cockpit
