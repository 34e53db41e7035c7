// A signed token (JWT, RFC 7519) in the compact form of RFC 7515 section 7.1, taken apart.
#pragma once

#include "checks/tokens/orderedjson.h"
#include "models/secret.h"

#include <QDateTime>

#include <optional>

namespace cockpit {

struct Jwt
{
    OrderedJson header;
    OrderedJson claims;
    Secret whole; // as it came

    QString algorithm() const { return header.text(QStringLiteral("alg")); }
    QByteArray signedPart() const;    // header and claims with the dot between them, as they came
    QByteArray signaturePart() const; // base64url, as it came

    bool operator==(const Jwt &) const = default;
};

// Three parts of base64url, the first two of them JSON objects, and an "alg". Empty for anything else: an encrypted
// token has five parts, and a random one none.
std::optional<Jwt> jwtIn(const Secret &token);

// A NumericDate (RFC 7519 section 2): seconds since 1970, also with a fraction. Empty when the claim is absent, is no
// number, or is beyond what a calendar has.
std::optional<QDateTime> timeClaim(const OrderedJson &claims, const QString &name);

// From "iat" (or, without one, from now) to "exp", in seconds; empty without "exp".
std::optional<qint64> lifeOf(const OrderedJson &claims, const QDateTime &now);

} // namespace cockpit
