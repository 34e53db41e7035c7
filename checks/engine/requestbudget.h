// How many requests a run may send, and how fast. Passive looks have a ceiling only, so that a hostile page with
// endless links cannot make us a nuisance; active checks also have a pace that the user agreed to.
#pragma once

#include "checks/engine/canceltoken.h"
#include "models/result.h"

#include <QMutex>

#include <atomic>
#include <cstddef>

namespace cockpit {

struct BudgetLimits
{
    int requests = 0;     // in the whole run
    double perSecond = 0; // 0: no pace
    bool operator==(const BudgetLimits &) const = default;
};

// What a passive run over that many hosts may send: about twice what the checks need, far below what a server would
// notice.
constexpr BudgetLimits passiveBudget(std::size_t hosts)
{
    return {.requests = 400 + 800 * static_cast<int>(hosts), .perSecond = 0};
}
// What an active run may send unless the user agreed to something else.
constexpr BudgetLimits kActiveBudget{.requests = 300, .perSecond = 5};

// Any thread may take.
class RequestBudget
{
public:
    explicit RequestBudget(BudgetLimits limits) : m_limits(limits) {}

    // Takes leave to send `requests` now, waiting for the pace. Errors: NotPermitted when the budget is used up
    // (nothing was taken), Cancelled, TimedOut when the pace would lead past the deadline.
    [[nodiscard]] Result<void> take(int requests, const CancelToken &token, Deadline deadline);

    int taken() const { return m_taken; }

private:
    const BudgetLimits m_limits;
    std::atomic_int m_taken = 0;
    QMutex m_mutex;
    Clock::time_point m_nextFree = Clock::time_point::min(); // guarded by m_mutex
};

} // namespace cockpit
