// Tokens of the shop (JWT, RFC 7519; JWS compact form, RFC 7515): how they are signed, and how they are taken with and
// without its faults. Written apart from what the checks forge with, so that one cannot hide the other's mistake.
#pragma once

#include "app/practice/shop/shopapi.h"
#include "checks/net/opensslhandles.h"

#include <optional>

namespace cockpit::shop {

struct TokenKeys
{
    KeyPtr rsa;
    KeyPtr stagingRsa;
    QByteArray kid;
    QByteArray secret; // for HS256
    QByteArray stagingSecret;
};

TokenKeys newTokenKeys();
// Those of the staging deployment, which signs what these would take from staging.
TokenKeys stagingKeysOf(const TokenKeys &keys);
QByteArray publicPem(const TokenKeys &keys); // SubjectPublicKeyInfo, with the last line end
// {"keys":[…]} (RFC 7517); without keys when tokens are signed with a shared secret.
QJsonObject jwksOf(const TokenKeys &keys, TokenSigning signing);

struct TokenRules
{
    FaultSet<ShopFault> faults;
    TokenSigning signing = TokenSigning::Rs256;
    QString issuer;
    QString stagingIssuer;
    QString audience;
    qint64 now = 0; // seconds since 1970

    TokenSigning usedSigning() const { return faults.has(ShopFault::WeakSecret) ? TokenSigning::Hs256 : signing; }
};

QByteArray signToken(const QJsonObject &claims, const TokenKeys &keys, const TokenRules &rules);
QByteArray signStagingToken(const QJsonObject &claims, const TokenKeys &keys, const TokenRules &rules);
// The claims, when the token is taken; sessions are looked at elsewhere.
std::optional<QJsonObject> takenClaims(const QByteArray &token, const TokenKeys &keys, const TokenRules &rules);

// The two signatures, over any text; in bytes.
QByteArray hmacSha256(const QByteArray &key, const QByteArray &text);
QByteArray base64Url(const QByteArray &bytes);
QByteArray fromBase64Url(const QByteArray &text);
QByteArray compactJson(const QJsonObject &object);

} // namespace cockpit::shop
