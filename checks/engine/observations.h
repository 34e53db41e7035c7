// The observations of one run: each question is asked once, whoever needs the answer waits for the one who asks.
#pragma once

#include "checks/engine/hostgate.h"
#include "checks/engine/probe.h"
#include "checks/engine/requestbudget.h"
#include "checks/engine/visitpayer.h"

#include <QSemaphore>
#include <QThreadPool>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <typeindex>
#include <unordered_map>

namespace cockpit {

// Any worker may ask; answers are shared and immutable. Bound to one run: its options, token and deadline.
class Observations
{
public:
    template<typename T>
    using Shared = std::shared_ptr<const Result<T>>;

    // pool: whose threads the fan-out of askAll() uses, and whose slot is given back while waiting. May be null
    // (tests).
    Observations(const NetOptions &options, CancelToken token, Deadline deadline, QThreadPool *pool,
                 BudgetLimits budget = passiveBudget(1), std::shared_ptr<ActiveGate> active = {});

    // The answer, from memory or by probing now on this thread. Never null. After cancel() the answer is
    // Error{Cancelled}; a waiting caller returns within 100 ms. What has to be sent goes on the account of this
    // thread's VisitPayer, if there is one; an answer that it had no leave for is given to this caller alone, and
    // others probe for themselves.
    template<Question Q>
    Shared<typename Q::Answer> ask(const Q &question)
    {
        return askAll(std::span<const Q>(&question, 1)).front();
    }

    // All answers, in the order of the questions. Questions with a probeAll() go out together; others side by side.
    template<Question Q>
    std::vector<Shared<typename Q::Answer>> askAll(std::span<const Q> questions);
    template<Question Q>
    std::vector<Shared<typename Q::Answer>> askAll(const std::vector<Q> &questions)
    {
        return askAll(std::span<const Q>(questions));
    }

    // Puts an answer in place without asking: for tests of judges and for what a project already knows.
    template<Question Q>
    void put(const Q &question, Result<typename Q::Answer> answer);

    const NetOptions &options() const { return m_options; }
    const CancelToken &token() const { return m_token; }
    Deadline deadline() const { return m_deadline; }
    // Stopped, or out of time. Whoever computes for long asks between two pieces of work.
    bool isOver() const { return m_token.isCancelled() || m_deadline.hasPassed(); }

    // The door of active requests; null: none is permitted in this run.
    ActiveGate *active() const { return m_active.get(); }
    // Caps the connections to one host, for who connects outside of a probe.
    HostGate &hostGate() { return m_gate; }

    // How many questions were really asked (not answered from memory).
    int probesSent() const { return m_probesSent; }

    // The longest chain of dependent answers so far, in round trips: what no number of workers can shorten. A look that
    // asks twice in a row is a chain of two. For figures (tests/bench).
    int longestChain() const { return m_longestChain; }
    // A worker that begins a look begins a chain.
    static void beginChain();

private:
    struct Slot
    {
        std::atomic_bool claimed = false;
        bool answered = false;              // guarded by m_mutex
        bool isWithheld = false;            // for who claimed it alone; guarded by m_mutex, fixed once answered
        int chain = 0;                      // round trips until the answer was there; guarded by m_mutex
        std::shared_ptr<const void> answer; // a Result<Answer>, immutable once answered
        std::condition_variable settled;    // one each: an answer wakes those who wait for it, and no others
    };
    using SlotPtr = std::shared_ptr<Slot>;

    SlotPtr slotFor(std::type_index type, const QString &key);
    enum class Keep { ForAll, ForAsker };
    void settle(Slot &slot, std::shared_ptr<const void> answer, int chain, Keep keep = Keep::ForAll);
    bool waitUntilAnswered(Slot &slot); // false when cancelled or past the deadline
    Error interruption() const;
    static int &chainHere(); // of the look that this thread is in
    ProbeContext context();

    // What a throwing probe left its askers with. The text is for developers.
    static Error brokenDown(const char *what);

    template<Question Q>
    void probeInto(const Q &question, Slot &slot, int chainBefore);
    template<Question Q>
    void probeClaimed(std::span<const Q> questions, std::span<const SlotPtr> slotsOfThem);
    template<Question Q>
    void probeSideBySide(std::span<const Q> questions, std::span<const SlotPtr> slotsOfThem);
    void waitForHelpers(QSemaphore &done, int helpers);

    const NetOptions m_options;
    const CancelToken m_token;
    const Deadline m_deadline;
    QThreadPool *const m_pool;
    HostGate m_gate;
    RequestBudget m_budget;
    const std::shared_ptr<ActiveGate> m_active;
    std::mutex m_mutex;                               // of the standard library: ThreadSanitizer sees it
    std::unordered_map<std::string, SlotPtr> m_slots; // guarded by m_mutex
    std::atomic_int m_probesSent = 0;
    std::atomic_int m_longestChain = 0;
};

} // namespace cockpit

#include "checks/engine/observations_impl.h"
