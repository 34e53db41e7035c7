// RSA as the shop's tokens need it (RS256, RFC 7518 section 3.3), by OpenSSL.
#pragma once

#include "checks/net/opensslhandles.h"

#include <QByteArray>
#include <QJsonObject>

namespace cockpit::shop {

KeyPtr newRsaKey();                      // 2048 bits; null when OpenSSL refuses
QByteArray rsaPublicPem(EVP_PKEY *key);  // SubjectPublicKeyInfo; empty when OpenSSL refuses
QJsonObject rsaJwk(EVP_PKEY *key);       // kty, use, alg, n, e
KeyPtr rsaOfJwk(const QJsonObject &jwk); // null when it is no RSA key
QByteArray rsaSignature(EVP_PKEY *key, const QByteArray &text);
bool isRsaSignature(EVP_PKEY *key, const QByteArray &text, const QByteArray &signature);

} // namespace cockpit::shop
