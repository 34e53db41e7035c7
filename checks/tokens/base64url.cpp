#include "checks/tokens/base64url.h"

namespace cockpit {

QByteArray toBase64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

std::optional<QByteArray> fromBase64Url(const QByteArray &text)
{
    if (text.size() % 4 == 1 || text.contains('='))
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(
        text, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors | QByteArray::OmitTrailingEquals);
    if (!decoded)
        return std::nullopt;
    return *decoded;
}

} // namespace cockpit
