// Takes away what an earlier run left in the product: by the same removal and the same proof as within a run.
#pragma once

#include "checks/engine/leftremoval.h"

namespace cockpit {

// A LeftRemover.
[[nodiscard]] Result<LeftReport> removeLeft(const LeftQuestion &question, ActiveTerms terms, const NetOptions &net,
                                            const CancelToken &token);

} // namespace cockpit
