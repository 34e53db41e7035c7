// What the threads of a walk through folders have before them. Internal to the folder.
#pragma once

#include "checks/engine/canceltoken.h"

#include <QByteArray>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <memory>
#include <mutex>
#include <vector>

#include <dirent.h>

namespace cockpit {

struct CloseFolder
{
    void operator()(DIR *folder) const { ::closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

// Files of a folder, the rest of one that was read in part, or one that nobody has opened yet.
struct WalkJob
{
    QByteArray folder; // below the root; empty: the root
    // Read on by one thread at a time; files of it may be opened meanwhile by any. Null: not opened yet.
    std::shared_ptr<const OpenFolder> open = nullptr;
    std::vector<QByteArray> files = {}; // empty: all that is left of the folder
};

// Last in, first out: what is open stays little. And what waits: whoever reads a folder adds its rest below what he
// read of it, so that nobody reads on before that was taken, however large the folder is.
class WalkJobs
{
public:
    // The last one is taken first.
    void add(std::vector<WalkJob> jobs)
    {
        const std::lock_guard lock(m_mutex);
        m_left += jobs.size();
        std::ranges::move(jobs, std::back_inserter(m_jobs));
        m_changed.notify_all();
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
