#include "checks/secrets/keyedhash.h"

#include <array>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace cockpit {

QByteArray keyedHash(std::string_view value, const QByteArray &key)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.constData(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char *>(value.data()), value.size(), mac.data(), &length);
    return QByteArray(reinterpret_cast<const char *>(mac.data()), static_cast<qsizetype>(length)).toHex();
}

} // namespace cockpit
