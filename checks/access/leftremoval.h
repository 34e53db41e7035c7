// Takes away what an earlier run left in the product: by the same removal and the same proof as within a run.
#pragma once

#include "checks/engine/leftremoval.h"
#include "checks/net/httpclient.h"

namespace cockpit {

// A LeftRemover.
[[nodiscard]] Result<LeftReport> removeLeft(const LeftQuestion &question, ActiveTerms terms, const NetOptions &net,
                                            const CancelToken &token);

// A list that may go on elsewhere: what it does not show may still be there. Pure.
bool mayGoOn(const HttpResponse &list);

} // namespace cockpit
