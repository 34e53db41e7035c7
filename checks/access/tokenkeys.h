// The keys that a product shows to everybody, by which its tokens are checked: its key set, and its certificate.
#pragma once

#include "checks/engine/check.h"
#include "checks/tokens/jwt.h"
#include "checks/tokens/publishedkeys.h"

#include <QUrl>

#include <optional>
#include <vector>

namespace cockpit {

struct PublicKeys
{
    // Of the key that signs, and of the certificate; then of the other keys that are published.
    std::vector<KeySpelling> spellings;
    bool hasSigningKey = false;                  // a key set was found that has one for signatures
    std::optional<PublishedKey> encryption = {}; // one that tokens may be encrypted to
};

// Reads as any visitor would: /.well-known/jwks.json of the host that is asked and of the token's issuer, the key set
// that the issuer's OpenID configuration names, and the certificate of the host. Only hosts of the target and those
// where its accounts sign in. The key that the token names comes first. Empty where nothing is published. At most
// kKeyReads requests, of the look's wire.
constexpr int kKeyReads = 4;
PublicKeys publicKeysOf(const Look &look, const Jwt &token, const QUrl &asked);

} // namespace cockpit
