// What the threads of a walk through folders have before them. Internal to the folder.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/descriptor.h"

#include <QByteArray>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace cockpit {

// Files of a folder, or a folder that nobody has read yet.
struct WalkJob
{
    QByteArray folder;                      // below the root; empty: the root
    std::shared_ptr<const Descriptor> open; // of files
    std::vector<QByteArray> files;
};

// Last in, first out: what is open stays little.
class WalkJobs
{
public:
    void add(WalkJob job)
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
        ++m_left;
        m_changed.notify_one();
    }

    // The next one; false when all are done or the walk is stopped.
    bool take(WalkJob &job, const CancelToken &token)
    {
        std::unique_lock lock(m_mutex);
        while (m_left > 0 && !token.isCancelled()) {
            if (!m_jobs.empty()) {
                job = std::move(m_jobs.back());
                m_jobs.pop_back();
                return true;
            }
            m_changed.wait_for(lock, kLongestWait);
        }
        return false;
    }

    void finish()
    {
        const std::lock_guard lock(m_mutex);
        if (--m_left == 0)
            m_changed.notify_all();
    }

private:
    static constexpr std::chrono::milliseconds kLongestWait{50};

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<WalkJob> m_jobs;
    size_t m_left = 0; // waiting and being done
};

} // namespace cockpit
