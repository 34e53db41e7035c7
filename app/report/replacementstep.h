// How the secret that a rule finds is replaced: its first step.
#pragma once

#include "checks/secrets/leakrule.h"

namespace cockpit {

// The page where it is replaced where there is one; else what to do with a secret of its kind: of those that are found
// by their names alone, and of those that people made themselves (keys, passwords of their own servers), no page of a
// service can tell. Of a rule that is not known here: that it is to be replaced at the service that it names.
QString replacementStep(const LeakRule &rule);

} // namespace cockpit
