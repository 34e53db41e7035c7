#include "checks/engine/observations.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Observations)
};

// Gives the pool slot of a waiting worker to somebody who works.
class SlotLent
{
public:
    explicit SlotLent(QThreadPool *pool) : m_pool(pool)
    {
        if (m_pool)
            m_pool->releaseThread();
    }
    ~SlotLent()
    {
        if (m_pool)
            m_pool->reserveThread();
    }
    Q_DISABLE_COPY_MOVE(SlotLent)

private:
    QThreadPool *m_pool;
};

} // namespace

Observations::Observations(const NetOptions &options, CancelToken token, Deadline deadline, QThreadPool *pool,
                           BudgetLimits budget, std::shared_ptr<ActiveGate> active)
    : m_options(options),
      m_token(std::move(token)),
      m_deadline(deadline),
      m_pool(pool),
      m_gate(options.connectionsPerHost),
      m_budget(budget),
      m_active(std::move(active))
{
}

Observations::SlotPtr Observations::slotFor(std::type_index type, const QString &key)
{
    std::string id = type.name();
    id += '|';
    id += key.toStdString();
    const std::lock_guard lock(m_mutex);
    SlotPtr &slot = m_slots[std::move(id)];
    if (!slot)
        slot = std::make_shared<Slot>();
    return slot;
}

int &Observations::chainHere()
{
    thread_local int chain = 0;
    return chain;
}

void Observations::beginChain()
{
    chainHere() = 0;
}

void Observations::settle(Slot &slot, std::shared_ptr<const void> answer, int chain, Keep keep)
{
    {
        const std::lock_guard lock(m_mutex);
        slot.isWithheld = keep == Keep::ForAsker;
        if (slot.isWithheld)
            std::erase_if(m_slots, [&](const auto &known) { return known.second.get() == &slot; });
        m_longestChain = std::max<int>(m_longestChain, chain);
        slot.chain = chain;
        slot.answer = std::move(answer);
        slot.answered = true;
    }
    slot.settled.notify_all();
}

bool Observations::waitUntilAnswered(Slot &slot)
{
    std::unique_lock lock(m_mutex);
    if (slot.answered)
        return true;
    lock.unlock();
    const SlotLent lent(m_pool);
    lock.lock();
    while (!slot.answered) {
        if (isOver())
            return false;
        slot.settled.wait_for(lock, kLongestBlindWait);
    }
    return true;
}

void Observations::waitForHelpers(QSemaphore &done, int helpers)
{
    if (done.tryAcquire(helpers))
        return;
    const SlotLent lent(m_pool);
    done.acquire(helpers);
}

Error Observations::brokenDown(const char *what)
{
    return {ErrorKind::Protocol, Text::tr("This look broke down. Please report it."), QString::fromUtf8(what)};
}

Error Observations::interruption() const
{
    if (m_token.isCancelled())
        return {ErrorKind::Cancelled, Text::tr("Stopped before an answer came.")};
    return {ErrorKind::TimedOut, Text::tr("The time limit of the whole run was reached before an answer came.")};
}

ProbeContext Observations::context()
{
    return {m_options, m_token, m_deadline, *this, m_gate, m_budget, m_active.get()};
}

} // namespace cockpit
