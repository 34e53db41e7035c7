// How a practice server holds back those who try one password after the other. The clean server answers 429 with
// Retry-After (RFC 6585 section 4), by account and by address; after that time, or by a reset link at once, the owner
// is in again.
#pragma once

#include <QByteArray>
#include <QDateTime>

#include <chrono>
#include <map>

namespace cockpit {

struct TryLimits
{
    int perAccount = 8;  // wrong passwords for one account before it is held
    int perAddress = 15; // wrong passwords from one address, whatever the accounts
    std::chrono::seconds heldFor{60};

    bool operator==(const TryLimits &) const = default;
};

// Not thread-safe: its owner locks.
class TryCounter
{
public:
    // Seconds until the next try is heard, 0 when it is heard now.
    qint64 heldFor(const QByteArray &key, const QDateTime &now) const;
    void fail(const QByteArray &key, int limit, std::chrono::seconds held, const QDateTime &now);
    void forget(const QByteArray &key) { m_tries.erase(key); }
    void clear() { m_tries.clear(); }
    int failures(const QByteArray &key) const;

private:
    struct Tries
    {
        int failed = 0;
        QDateTime lastFailed;
        QDateTime heldUntil;
    };
    std::map<QByteArray, Tries> m_tries;
};

} // namespace cockpit
