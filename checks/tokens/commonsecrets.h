// Secrets that many products sign their tokens with: those of tutorials, templates and local development, and words
// made from the product's own name. Tried on this computer against a token that the product gave us; nothing is sent.
#pragma once

#include "checks/tokens/jwt.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

// Each once, the general ones first.
std::vector<QByteArray> commonSecrets(const QString &domain);

// The one that made the token's signature. Empty when none did, and for algorithms without a shared secret (RFC 7518
// section 3.2 wants a key as long as the hash at least, of which none of these has the randomness).
std::optional<Secret> commonSecretOf(const Jwt &token, const QString &domain);

} // namespace cockpit
