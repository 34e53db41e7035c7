#include "checks/tokens/tokenclaims.h"

#include <QJsonDocument>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Longer ones do not fit into a header field.
constexpr std::size_t kLargestPart = 16 << 10;

QJsonObject objectOf(std::string_view part)
{
    if (part.empty() || part.size() > kLargestPart)
        return {};
    const auto encoded = QByteArray::fromRawData(part.data(), static_cast<qsizetype>(part.size()));
    return QJsonDocument::fromJson(QByteArray::fromBase64(encoded, QByteArray::Base64UrlEncoding)).object();
}

} // namespace

QJsonObject tokenClaims(std::string_view token)
{
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || !objectOf(token.substr(0, first)).contains("alg"_L1))
        return {};
    return objectOf(token.substr(first + 1, second - first - 1));
}

QJsonObject tokenClaims(const QByteArray &token)
{
    return tokenClaims(std::string_view(token.constData(), static_cast<std::size_t>(token.size())));
}

} // namespace cockpit
