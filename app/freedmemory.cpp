#include "app/freedmemory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace cockpit {

void wipeFreedMemory()
{
#ifdef M_PERTURB
    constexpr int pattern = 0x5a;
    ::mallopt(M_PERTURB, pattern);
#endif
}

} // namespace cockpit
