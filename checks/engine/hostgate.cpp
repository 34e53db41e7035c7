#include "checks/engine/hostgate.h"

#include <algorithm>
#include <utility>

namespace cockpit {

HostGate::Pass &HostGate::Pass::operator=(Pass &&other) noexcept
{
    std::swap(m_gate, other.m_gate);
    std::swap(m_key, other.m_key);
    return *this;
}

HostGate::Pass::~Pass()
{
    if (m_gate)
        m_gate->leave(m_key);
}

HostGate::Pass HostGate::enter(const QString &hostAndPort, const CancelToken &token, Deadline deadline)
{
    QMutexLocker lock(&m_mutex);
    while (m_inside.value(hostAndPort) >= m_limit) {
        if (token.isCancelled() || deadline.hasPassed())
            return {};
        const auto wait = std::min(kLongestBlindWait, deadline.remaining());
        m_left.wait(&m_mutex, static_cast<unsigned long>(wait.count()));
    }
    ++m_inside[hostAndPort];
    return Pass(this, hostAndPort);
}

HostGate::Pass HostGate::enterAgain(const QString &hostAndPort)
{
    const int kept = m_limit / 3;
    const QMutexLocker lock(&m_mutex);
    if (m_inside.value(hostAndPort) >= m_limit - kept)
        return {};
    ++m_inside[hostAndPort];
    return Pass(this, hostAndPort);
}

void HostGate::leave(const QString &key)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (--m_inside[key] == 0)
            m_inside.remove(key);
    }
    m_left.wakeAll();
}

} // namespace cockpit
