// How long a check waits for a limit to end.
#pragma once

#include "checks/engine/canceltoken.h"

#include <chrono>
#include <functional>

namespace cockpit {

struct BlockPatience
{
    std::chrono::seconds longest{65};   // a block that is announced to last longer is not waited for
    std::chrono::seconds unnamed{15};   // for one that names no end
    std::chrono::milliseconds pause{0}; // between two tries, beside the pace of the run
    // True when stopped meanwhile. A test puts the product's clock forward instead.
    std::function<bool(std::chrono::milliseconds, const CancelToken &)> wait =
        [](std::chrono::milliseconds duration, const CancelToken &token) { return token.waitFor(duration); };
};

} // namespace cockpit
