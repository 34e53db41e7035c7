// An unsigned token inside an encrypted one (JWE, RFC 7516): anybody can encrypt to a published key, and a library that
// takes "could be decrypted" for "is genuine" lets everybody in.
#pragma once

#include "checks/tokens/jwt.h"
#include "checks/tokens/publishedkeys.h"

#include <optional>

namespace cockpit {

// The claims of the token with alg none, encrypted by RSA-OAEP-256 (RSA-OAEP where the key says so) and A256GCM. Empty
// for a key that is not RSA, or not for encryption.
std::optional<Secret> nestedUnsigned(const Jwt &token, const PublishedKey &key);

} // namespace cockpit
