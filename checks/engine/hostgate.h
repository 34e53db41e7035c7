// Caps how many connections a run holds to one host: crowding falsifies latency and is impolite. A third of them is
// kept for those who have none yet, so that a batch of hundreds of questions does not hold up a single one; the rest is
// shared evenly by those who are inside.
#pragma once

#include "checks/engine/canceltoken.h"

#include <QHash>
#include <QString>

#include <condition_variable>
#include <mutex>

namespace cockpit {

class HostGate
{
public:
    explicit HostGate(int connectionsPerHost) : m_limit(connectionsPerHost) {}

    // Holds one connection slot until destroyed.
    class Pass
    {
    public:
        Pass() = default;
        Pass(HostGate *gate, QString key, bool isFirst) : m_gate(gate), m_key(std::move(key)), m_isFirst(isFirst) {}
        Pass(Pass &&other) noexcept : m_gate(other.m_gate), m_key(std::move(other.m_key)), m_isFirst(other.m_isFirst)
        {
            other.m_gate = nullptr;
        }
        Pass &operator=(Pass &&other) noexcept;
        Pass(const Pass &) = delete;
        Pass &operator=(const Pass &) = delete;
        ~Pass();
        explicit operator bool() const { return m_gate != nullptr; }

    private:
        HostGate *m_gate = nullptr;
        QString m_key;
        bool m_isFirst = false; // of its holder
    };

    // Waits for a slot; an empty pass when cancelled or past the deadline.
    [[nodiscard]] Pass enter(const QString &hostAndPort, const CancelToken &token, Deadline deadline);
    // One more for somebody who is inside already and holds so many; an empty pass when there is none to spare. Never
    // waits.
    [[nodiscard]] Pass enterAgain(const QString &hostAndPort, int held);
    // How many one holder may have now. Whoever holds more, because others came since, gives back what gets free.
    int share(const QString &hostAndPort) const;

private:
    void leave(const QString &key, bool isHolderGone);
    int kept() const { return m_limit / 3; }
    int shareOf(const QString &key) const; // under the lock

    const int m_limit;
    // Of the standard library: ThreadSanitizer sees these, and not what Qt does in its own library.
    mutable std::mutex m_mutex;
    std::condition_variable m_left;
    QHash<QString, int> m_inside;
    QHash<QString, int> m_holders;
};

} // namespace cockpit
