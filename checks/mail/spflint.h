// What a readable SPF record gets wrong: whom it lets in, and parts of it that have no effect.
#pragma once

#include "checks/mail/spftree.h"
#include "models/finding.h"

namespace cockpit {

// root: a record without a fault.
std::vector<Finding> spfLint(const SpfNode &root);

} // namespace cockpit
