#include "checks/engine/canceltoken.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace cockpit {

std::chrono::milliseconds Deadline::remaining() const
{
    using std::chrono::milliseconds;
    constexpr milliseconds day = std::chrono::hours(24);
    if (m_at == Clock::time_point::max())
        return day;
    const auto left = std::chrono::duration_cast<milliseconds>(m_at - Clock::now());
    return std::clamp(left, milliseconds(0), day);
}

struct CancelToken::State
{
    State() = default;
    State(std::shared_ptr<State> of, Deadline until) : parent(std::move(of)), deadline(until) {}

    std::mutex mutex;
    std::condition_variable changed;
    bool cancelled = false; // guarded by mutex
    const std::shared_ptr<State> parent;
    const Deadline deadline = Deadline::never();

    bool isOver()
    {
        if (deadline.hasPassed() || (parent && parent->isOver()))
            return true;
        const std::lock_guard lock(mutex);
        return cancelled;
    }

    // Nobody wakes those who wait for a deadline or for a parent.
    bool wakesItself() const { return !parent; }
};

CancelToken::CancelToken() : m_state(std::make_shared<State>()) {}

void CancelToken::cancel() const
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->cancelled = true;
    }
    m_state->changed.notify_all();
}

bool CancelToken::isCancelled() const
{
    return m_state->isOver();
}

bool CancelToken::waitFor(std::chrono::milliseconds duration) const
{
    const Deadline end = Deadline::in(duration);
    const auto isCancelledHere = [this] { return m_state->cancelled; };
    for (;;) {
        {
            std::unique_lock lock(m_state->mutex);
            const auto longest = m_state->wakesItself() ? duration : kLongestBlindWait;
            m_state->changed.wait_for(lock, std::min(end.remaining(), longest), isCancelledHere);
        }
        if (m_state->isOver())
            return true;
        if (end.hasPassed())
            return false;
    }
}

CancelToken CancelToken::boundedBy(Deadline deadline) const
{
    return CancelToken(std::make_shared<State>(m_state, deadline));
}

} // namespace cockpit
