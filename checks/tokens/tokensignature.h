// Signatures of tokens (RFC 7518 section 3) as far as forging and guessing need them.
#pragma once

#include "checks/tokens/jwt.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace cockpit {

// HS256, HS384 or HS512 (RFC 7518 section 3.2), in bytes. Empty for other names. An empty key is one, too.
std::optional<QByteArray> hmacSignature(const QString &algorithm, const QByteArray &key, const QByteArray &text);
// The algorithm is one of these three, whatever its letter case.
bool isHmacAlgorithm(const QString &algorithm);

// The token carries the signature of that key. False for algorithms without a shared key.
bool isSignedWith(const Jwt &token, const QByteArray &key);

// A key pair made for one forgery, which nobody else has: RSA with 2048 bits.
class OwnKey
{
public:
    // Empty when the machine's OpenSSL makes none.
    static std::optional<OwnKey> made();
    QJsonObject jwk(const QString &kid) const; // the public half (RFC 7517), with kid unless that is empty
    QByteArray rs256(const QByteArray &text) const;

private:
    Secret m_private; // PKCS#8, DER
    QJsonObject m_jwk;
};

} // namespace cockpit
