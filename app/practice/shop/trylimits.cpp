#include "app/practice/shop/trylimits.h"

#include <algorithm>

namespace cockpit {

qint64 TryCounter::heldFor(const QByteArray &key, const QDateTime &now) const
{
    const auto found = m_tries.find(key);
    if (found == m_tries.end() || !found->second.heldUntil.isValid() || found->second.heldUntil <= now)
        return 0;
    // Rounded up: who waits that long must be heard.
    return std::max<qint64>(1, (now.msecsTo(found->second.heldUntil) + 999) / 1000);
}

void TryCounter::fail(const QByteArray &key, int limit, std::chrono::seconds held, const QDateTime &now)
{
    Tries &tries = m_tries[key];
    if (tries.lastFailed.isValid() && tries.lastFailed.secsTo(now) >= held.count())
        tries.failed = 0;
    tries.failed += 1;
    tries.lastFailed = now;
    if (tries.failed < limit)
        return;
    tries.heldUntil = now.addSecs(held.count());
    tries.failed = 0;
}

int TryCounter::failures(const QByteArray &key) const
{
    const auto found = m_tries.find(key);
    return found == m_tries.end() ? 0 : found->second.failed;
}

} // namespace cockpit
