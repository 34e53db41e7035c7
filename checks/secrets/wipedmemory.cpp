#include "checks/secrets/wipedmemory.h"

#include <openssl/crypto.h>

namespace cockpit {

void wipeMemory(void *memory, size_t bytes)
{
    OPENSSL_cleanse(memory, bytes);
}

} // namespace cockpit
