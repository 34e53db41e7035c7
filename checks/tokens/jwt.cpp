#include "checks/tokens/jwt.h"

#include "checks/tokens/base64url.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Longer ones do not fit into a header field.
constexpr qsizetype kLongestToken = 64LL * 1024;
constexpr double kLastSecond = 253402300799.0; // 31 December 9999

std::optional<OrderedJson> objectIn(const QByteArray &part)
{
    const auto bytes = fromBase64Url(part);
    return bytes ? OrderedJson::parsed(*bytes) : std::nullopt;
}

} // namespace

QByteArray Jwt::signedPart() const
{
    return whole.reveal().left(whole.reveal().lastIndexOf('.'));
}

QByteArray Jwt::signaturePart() const
{
    return whole.reveal().mid(whole.reveal().lastIndexOf('.') + 1);
}

std::optional<Jwt> jwtIn(const Secret &token)
{
    const QByteArray &text = token.reveal();
    if (text.size() > kLongestToken || text.count('.') != 2)
        return std::nullopt;
    const QList<QByteArray> parts = text.split('.');
    auto header = objectIn(parts[0]);
    auto claims = objectIn(parts[1]);
    if (!header || !claims || !fromBase64Url(parts[2]) || header->text(u"alg"_s).isEmpty())
        return std::nullopt;
    return Jwt{std::move(*header), std::move(*claims), token};
}

std::optional<QDateTime> timeClaim(const OrderedJson &claims, const QString &name)
{
    const QJsonValue value = claims.value(name);
    if (!value.isDouble() || value.toDouble() < 0 || value.toDouble() > kLastSecond)
        return std::nullopt;
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(value.toDouble()), Qt::UTC);
}

std::optional<qint64> lifeOf(const OrderedJson &claims, const QDateTime &now)
{
    const auto end = timeClaim(claims, u"exp"_s);
    if (!end)
        return std::nullopt;
    return timeClaim(claims, u"iat"_s).value_or(now).secsTo(*end);
}

} // namespace cockpit
