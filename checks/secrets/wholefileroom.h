// Room in memory for a whole file that cannot be searched a part at a time: for one at a time, whoever searches, as it
// is the memory of all. Internal to the folder.
#pragma once

#include "checks/engine/canceltoken.h"

#include <condition_variable>
#include <mutex>

namespace cockpit {

class WholeFileRoom
{
public:
    // Waits until nobody has it. isTaken() is false after a stop.
    explicit WholeFileRoom(const CancelToken &token)
    {
        constexpr std::chrono::milliseconds longestWait{50};
        std::unique_lock lock(s_mutex);
        while (s_isInUse && !token.isCancelled())
            s_freed.wait_for(lock, longestWait);
        m_isTaken = !token.isCancelled();
        s_isInUse = s_isInUse || m_isTaken;
    }
    WholeFileRoom(const WholeFileRoom &) = delete;
    WholeFileRoom &operator=(const WholeFileRoom &) = delete;
    ~WholeFileRoom()
    {
        if (!m_isTaken)
            return;
        const std::lock_guard lock(s_mutex);
        s_isInUse = false;
        s_freed.notify_one();
    }

    bool isTaken() const { return m_isTaken; }

private:
    static inline std::mutex s_mutex;
    static inline std::condition_variable s_freed;
    static inline bool s_isInUse = false;

    bool m_isTaken = false;
};

} // namespace cockpit
