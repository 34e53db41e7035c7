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
    std::mutex mutex;
    std::condition_variable changed;
    bool cancelled = false;
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
    const std::lock_guard lock(m_state->mutex);
    return m_state->cancelled;
}

bool CancelToken::waitFor(std::chrono::milliseconds duration) const
{
    std::unique_lock lock(m_state->mutex);
    return m_state->changed.wait_for(lock, duration, [this] { return m_state->cancelled; });
}

} // namespace cockpit
