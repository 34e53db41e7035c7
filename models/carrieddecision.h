// What was decided about a secret goes along when it is taken out of the code and git alone remembers it: the finding
// is another one then, and the secret is the same.
#pragma once

#include "models/decision.h"
#include "models/finding.h"

#include <map>
#include <optional>

namespace cockpit {

// The decision about the finding that this one took the place of, made one about this; nothing: there is none, or this
// finding is not about a secret that is told by its fingerprint. It goes one way, to where fewer people see the secret:
// from the code into the history, and there to what only this machine's git keeps. What was accepted of the history is
// asked again when the secret stands in the code. decisions: by finding id.
std::optional<Decision> carriedDecision(const Finding &finding, const std::map<QString, Decision> &decisions);

} // namespace cockpit
