// Values that tools keep encrypted in files and exports: of use to nobody without the key, which lies elsewhere.
#pragma once

#include <string_view>

namespace cockpit {

// What SOPS ("ENC[AES256_GCM,"), DigitalOcean's app specifications ("EV[1:"), dotenvx ("encrypted:"), AWS KMS
// ("AQICAH"), Sealed Secrets of Kubernetes and the exports of Vercel write in the place of a value. The whole value, or
// its beginning: what is shorter than any ciphertext is none.
bool isCiphertext(std::string_view value);

// The same of a part of a text, text[start, end): a pattern may take up a value behind its "EV[1:" or "encrypted:".
bool isInCiphertext(std::string_view text, size_t start, size_t end);

} // namespace cockpit
