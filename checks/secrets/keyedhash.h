// How values are told apart and known again without being kept: HMAC-SHA-256, in hexadecimal digits. With one key the
// same value has the same hash in files, settings and logs.
#pragma once

#include <QByteArray>

#include <string_view>

namespace cockpit {

QByteArray keyedHash(std::string_view value, const QByteArray &key);

} // namespace cockpit
