#include "models/freedmemory.h"

#include <array>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef __linux__
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>
#endif
#include <openssl/crypto.h>

namespace cockpit {

void wipeFreedMemory()
{
#ifdef M_PERTURB
    constexpr int pattern = 0x5a;
    ::mallopt(M_PERTURB, pattern);
#endif
}

// glibc keeps, for each thread, the last seven freed blocks of each size up to 1,032 bytes (mallopt(3) and the tunables
// glibc.malloc.tcache_count and tcache_max), and M_PERTURB passes over them. Whoever asks for as many blocks of all
// sizes has each of them in hand.
void wipeCachedBlocks()
{
#ifdef M_PERTURB
    constexpr size_t smallest = 24;
    constexpr size_t largest = 1032;
    constexpr size_t step = 16;
    std::array<void *, 7> blocks{};
    for (size_t bytes = smallest; bytes <= largest; bytes += step) {
        for (void *&block : blocks) {
            block = std::malloc(bytes); // NOLINT(cppcoreguidelines-no-malloc): it is malloc's memory that is meant
            if (block)
                OPENSSL_cleanse(block, ::malloc_usable_size(block));
        }
        for (void *block : blocks)
            std::free(block); // NOLINT(cppcoreguidelines-no-malloc)
    }
#endif
}

namespace {

constexpr size_t kWipedByHand = size_t(64) * 1024;

[[gnu::noinline]] void wipeStackRightBelow()
{
    std::array<char, kWipedByHand> room; // NOLINT(cppcoreguidelines-pro-type-member-init): it is what was left there
    OPENSSL_cleanse(room.data(), room.size());
}

// Pages that the system takes back are zeros when they are used again, and cost nothing until then.
void giveBackStackBelow([[maybe_unused]] uintptr_t end)
{
#ifdef __linux__
    pthread_attr_t attributes;
    if (::pthread_getattr_np(::pthread_self(), &attributes) != 0)
        return;
    void *lowest = nullptr;
    size_t size = 0;
    size_t guard = 0;
    ::pthread_attr_getstack(&attributes, &lowest, &size);
    ::pthread_attr_getguardsize(&attributes, &guard);
    ::pthread_attr_destroy(&attributes);
    const auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
    const uintptr_t from = (reinterpret_cast<uintptr_t>(lowest) + guard + page - 1) / page * page;
    const uintptr_t to = end / page * page;
    if (from < to)
        ::madvise(reinterpret_cast<void *>(from), to - from, MADV_DONTNEED);
#endif
}

} // namespace

[[gnu::noinline]] void wipeUnusedStack()
{
    // What is called from here on has its own frames right below.
    giveBackStackBelow(reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) - kWipedByHand / 2);
    wipeStackRightBelow();
}

void wipeWhatThisThreadLeft()
{
    wipeCachedBlocks();
    wipeUnusedStack();
}

} // namespace cockpit
