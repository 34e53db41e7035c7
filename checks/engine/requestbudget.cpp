#include "checks/engine/requestbudget.h"

#include <QCoreApplication>
#include <QMutexLocker>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RequestBudget)
};

} // namespace

Result<void> RequestBudget::take(int requests, const CancelToken &token, Deadline deadline)
{
    int taken = m_taken;
    do {
        if (taken + requests > m_limits.requests) {
            return failure(
                ErrorKind::NotPermitted,
                Text::tr("The run may send %n request(s) in all, and they are used up.", nullptr, m_limits.requests));
        }
    } while (!m_taken.compare_exchange_weak(taken, taken + requests));
    if (m_limits.perSecond <= 0)
        return {};

    Clock::time_point mine;
    {
        const QMutexLocker lock(&m_mutex);
        mine = std::max(m_nextFree, Clock::now());
        m_nextFree = mine + std::chrono::duration_cast<Clock::duration>(
                                std::chrono::duration<double>(requests / m_limits.perSecond));
    }
    while (Clock::now() < mine) {
        if (deadline.hasPassed())
            return failure(ErrorKind::TimedOut, Text::tr("The agreed pace left no time for this request."));
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(mine - Clock::now());
        if (token.waitFor(std::min(wait, kLongestBlindWait)))
            return failure(ErrorKind::Cancelled, Text::tr("Stopped before the request was sent."));
    }
    return {};
}

} // namespace cockpit
