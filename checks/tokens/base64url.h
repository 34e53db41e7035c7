// base64url without padding (RFC 7515 section 2 and appendix C): how every part of a token is written.
#pragma once

#include <QByteArray>

#include <optional>

namespace cockpit {

QByteArray toBase64Url(const QByteArray &bytes);
// Empty for other letters, for padding and for a length that no bytes have (1 modulo 4).
std::optional<QByteArray> fromBase64Url(const QByteArray &text);

} // namespace cockpit
