// How long a check waits for a limit to end, and how fast it tries.
#pragma once

#include "checks/engine/activegate.h"
#include "checks/engine/canceltoken.h"
#include "checks/engine/observations.h"

#include <chrono>
#include <functional>

namespace cockpit {

struct BlockPatience
{
    // A block that is announced to last longer is not waited for (facts 19). Who waits announces it for each door
    // (RequestNeed::waits), so that the run has as much time beside the requests.
    std::chrono::seconds longest{120};
    std::chrono::seconds unnamed{15}; // for one that names no end
    // From one wrong password to the next: the first ones as a person in no hurry, then two a second.
    std::chrono::milliseconds baselinePause{1000};
    std::chrono::milliseconds pause{500};
    // True when stopped meanwhile; empty: by the clock of this machine. A test puts the product's clock forward
    // instead.
    std::function<bool(std::chrono::milliseconds, const CancelToken &)> wait = {};
};

// A little more than was said: clocks are read in whole seconds.
constexpr std::chrono::milliseconds kClockSlack{200};

// Waits that long; true when the run was stopped, killed or out of time meanwhile. The kill switch is no part of the
// token. gate: null for none.
bool waitsOut(const BlockPatience &patience, std::chrono::milliseconds duration, const Observations &seen,
              const ActiveGate *gate);

} // namespace cockpit
