// How many threads search a tree or a history. Internal to the folder.
#pragma once

#include <algorithm>
#include <thread>

namespace cockpit {

// wanted: 0 for one for each processor. Each thread has room of its own, so their number bounds the memory.
inline unsigned scanThreads(unsigned wanted)
{
    constexpr unsigned most = 16;
    return std::clamp(wanted == 0 ? std::thread::hardware_concurrency() : wanted, 1U, most);
}

} // namespace cockpit
