#include "checks/actors/loginturn.h"

namespace cockpit {

Result<std::shared_ptr<std::timed_mutex>> probe(const LoginTurnLock & /*question*/, ProbeContext & /*context*/)
{
    return std::make_shared<std::timed_mutex>();
}

LoginTurn::LoginTurn(Observations &seen)
{
    const auto answer = seen.ask(LoginTurnLock{});
    if (!*answer)
        return;
    m_mutex = **answer;
    m_lock = std::unique_lock(*m_mutex, std::defer_lock);
    while (!seen.isOver() && !m_lock.try_lock_for(kLongestBlindWait))
        continue;
}

} // namespace cockpit
