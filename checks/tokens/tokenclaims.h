// The claims of what looks like a signed token (RFC 7519), for readers that ask what a text is and never whether it is
// good. jwtIn() in jwt.h is for those that take a token at its word.
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <string_view>

namespace cockpit {

// Two dots, a header with an "alg" (RFC 7515 section 4.1.1) and an object of claims. Empty for anything else. The
// signature is not looked at: texts of others cut it off or blot it out, and the claims still say whose key it is.
QJsonObject tokenClaims(std::string_view token);
QJsonObject tokenClaims(const QByteArray &token);

} // namespace cockpit
