// In which order bad bodies go out. Pure.
#pragma once

#include "checks/abuse/mutations.h"

namespace cockpit {

// The lower the earlier: the likely finds, and those that cost a product most, first.
int rankOf(MutationKind kind);

} // namespace cockpit
