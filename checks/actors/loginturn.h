// Checks that try many sign-ins of a product take turns: what one of them does makes the product count the others.
#pragma once

#include "checks/engine/observations.h"

#include <memory>
#include <mutex>

namespace cockpit {

// One lock a run, whoever asks.
struct LoginTurnLock
{
    using Answer = std::shared_ptr<std::timed_mutex>;
    QString key() const { return {}; }
    int roundTrips() const { return 0; }
};
[[nodiscard]] Result<std::shared_ptr<std::timed_mutex>> probe(const LoginTurnLock &question, ProbeContext &context);

// Held until it is destroyed. Taken before a Wire is made: who holds requests that were announced must not wait here.
class LoginTurn
{
public:
    // Waits for its turn; isMine() is false when the run was stopped or out of time before.
    explicit LoginTurn(Observations &seen);
    bool isMine() const { return m_lock.owns_lock(); }

private:
    std::shared_ptr<std::timed_mutex> m_mutex;
    std::unique_lock<std::timed_mutex> m_lock;
};

} // namespace cockpit
