// tls.ciphers: does the server take a broken cipher from whoever asks for it? Families are asked for with hellos of our
// own, each until the first suite that is taken.
// observed: {"protocols": […], "weak_ciphers": [names of suites], "weak_families":
// [null|anonymous|export|des|rc4|3des], "forward_secrecy": bool, "aead": bool (both below TLS 1.3), "prime_bits":
// n|null}
#pragma once

#include "checks/net/tlsciphers.h"
#include "checks/tls/certificatefacts.h"

namespace cockpit {

Judged judgeCiphers(const Host &host, const CipherFacts &facts);

Check tlsCiphers();

} // namespace cockpit
