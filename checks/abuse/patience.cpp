#include "checks/abuse/patience.h"

#include <algorithm>

namespace cockpit {

bool waitsOut(const BlockPatience &patience, std::chrono::milliseconds duration, const Observations &seen,
              const ActiveGate *gate)
{
    const auto isOver = [&] { return seen.isOver() || (gate && gate->isKilled()); };
    if (patience.wait)
        return patience.wait(duration, seen.token()) || isOver();
    const Deadline end = Deadline::in(duration);
    while (!end.hasPassed() && !isOver())
        seen.token().waitFor(std::min(kLongestBlindWait, end.remaining()));
    return isOver();
}

} // namespace cockpit
