// Stopping and deadlines. Every wait in a worker takes both and looks at them at least every 100 ms.
#pragma once

#include <chrono>
#include <memory>

namespace cockpit {

using Clock = std::chrono::steady_clock; // durations never follow the wall clock

// How long a blocking wait may go on before it looks at its token again.
constexpr std::chrono::milliseconds kLongestBlindWait{100};

// A point in time after which an operation gives up.
class Deadline
{
public:
    static Deadline in(std::chrono::milliseconds duration) { return Deadline(Clock::now() + duration); }
    static Deadline never() { return Deadline(Clock::time_point::max()); }

    bool hasPassed() const { return Clock::now() >= m_at; }
    // Never negative; at most one day, so that it fits any API.
    std::chrono::milliseconds remaining() const;
    Deadline earlierOf(Deadline other) const { return other.m_at < m_at ? other : *this; }

private:
    explicit Deadline(Clock::time_point at) : m_at(at) {}
    Clock::time_point m_at;
};

// Shared by everything that belongs to one run. Copies refer to the same state; any thread may ask or cancel.
// (std::stop_token is missing from Apple's library; this file is the only one that knows.)
class CancelToken
{
public:
    CancelToken();

    void cancel() const;
    bool isCancelled() const;
    // Waits until cancelled or until the duration is over; true when cancelled.
    bool waitFor(std::chrono::milliseconds duration) const;

    // A token for a piece of work: cancelled with this one, and by itself when the deadline passes; cancelling it
    // leaves this one alone. For work that knows a token only.
    CancelToken boundedBy(Deadline deadline) const;

private:
    struct State;
    explicit CancelToken(std::shared_ptr<State> state) : m_state(std::move(state)) {}

    std::shared_ptr<State> m_state;
};

} // namespace cockpit
