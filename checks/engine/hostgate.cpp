#include "checks/engine/hostgate.h"

#include <algorithm>
#include <utility>

namespace cockpit {

HostGate::Pass &HostGate::Pass::operator=(Pass &&other) noexcept
{
    std::swap(m_gate, other.m_gate);
    std::swap(m_key, other.m_key);
    std::swap(m_isFirst, other.m_isFirst);
    return *this;
}

HostGate::Pass::~Pass()
{
    if (m_gate)
        m_gate->leave(m_key, m_isFirst);
}

HostGate::Pass HostGate::enter(const QString &hostAndPort, const CancelToken &token, Deadline deadline)
{
    std::unique_lock lock(m_mutex);
    while (m_inside.value(hostAndPort) >= m_limit) {
        if (token.isCancelled() || deadline.hasPassed())
            return {};
        const auto wait = std::min(kLongestBlindWait, deadline.remaining());
        m_left.wait_for(lock, wait);
    }
    ++m_inside[hostAndPort];
    ++m_holders[hostAndPort];
    return Pass(this, hostAndPort, true);
}

HostGate::Pass HostGate::enterAgain(const QString &hostAndPort, int held)
{
    const std::lock_guard lock(m_mutex);
    if (held >= shareOf(hostAndPort) || m_inside.value(hostAndPort) >= m_limit - kept())
        return {};
    ++m_inside[hostAndPort];
    return Pass(this, hostAndPort, false);
}

int HostGate::share(const QString &hostAndPort) const
{
    const std::lock_guard lock(m_mutex);
    return shareOf(hostAndPort);
}

// Rounded up: a slot too many for a moment is better than one that nobody uses.
int HostGate::shareOf(const QString &key) const
{
    const int holders = std::max(1, m_holders.value(key));
    return (m_limit - kept() + holders - 1) / holders;
}

void HostGate::leave(const QString &key, bool isHolderGone)
{
    {
        const std::lock_guard lock(m_mutex);
        if (isHolderGone && --m_holders[key] == 0)
            m_holders.remove(key);
        if (--m_inside[key] == 0)
            m_inside.remove(key);
    }
    m_left.notify_all();
}

} // namespace cockpit
