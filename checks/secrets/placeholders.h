// Values that stand for a secret and are none.
#pragma once

#include <string_view>

namespace cockpit {

// EXAMPLE, your_…, xxxx, ${…}, {{…}}, process.env, runs of one character or of the alphabet, true, null and the like;
// the samples of well-known documentations, and the address of a database on the reader's own machine. No copy of the
// value is made.
bool standsForSecret(std::string_view value);

// Shannon entropy in bits per byte.
double entropyOfBytes(std::string_view value);

} // namespace cockpit
