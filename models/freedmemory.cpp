#include "models/freedmemory.h"

#include <array>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
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

} // namespace cockpit
