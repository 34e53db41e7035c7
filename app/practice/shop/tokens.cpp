#include "app/practice/shop/tokens.h"

#include "app/practice/shop/rsakeys.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSecretLength = 48;
const QByteArray kWeakSecret = "changeme";
const QByteArray kStagingKid = "staging";

struct Parts
{
    QByteArray signedText; // header and payload with the dot between
    QJsonObject header;
    QJsonObject claims;
    QByteArray signature;
};

std::optional<Parts> partsOf(const QByteArray &token)
{
    const QByteArrayList parts = token.split('.');
    if (parts.size() != 3)
        return {};
    const QJsonDocument header = QJsonDocument::fromJson(fromBase64Url(parts[0]));
    const QJsonDocument claims = QJsonDocument::fromJson(fromBase64Url(parts[1]));
    if (!header.isObject() || !claims.isObject())
        return {};
    return Parts{parts[0] + '.' + parts[1], header.object(), claims.object(), fromBase64Url(parts[2])};
}

const QByteArray &secretOf(const TokenKeys &keys, const TokenRules &rules)
{
    return rules.faults.has(ShopFault::WeakSecret) ? kWeakSecret : keys.secret;
}

bool isHmac(const Parts &parts, const QByteArray &key)
{
    return parts.header["alg"_L1].toString() == "HS256"_L1 && !parts.signature.isEmpty() &&
           parts.signature == hmacSha256(key, parts.signedText);
}

bool isRsa(const Parts &parts, EVP_PKEY *key)
{
    return parts.header["alg"_L1].toString() == "RS256"_L1 && key &&
           isRsaSignature(key, parts.signedText, parts.signature);
}

// The key that a database question with this id yields: the text that the question adds, when it adds one.
std::optional<QByteArray> keyBySql(const QString &kid)
{
    const qsizetype at = kid.indexOf("UNION SELECT '"_L1, 0, Qt::CaseInsensitive);
    if (at < 0)
        return {};
    const qsizetype begin = at + 14;
    return kid.mid(begin, kid.indexOf(u'\'', begin) - begin).toUtf8();
}

// The key that the token brings: in its header, or in the address that the header names. Only an address that is the
// key set itself (data:, RFC 2397) is read: the practice company asks nobody.
QJsonObject broughtKey(const QJsonObject &header)
{
    const QString address = header["jku"_L1].toString();
    const qsizetype at = address.indexOf(";base64,"_L1);
    if (!address.startsWith("data:"_L1) || at < 0)
        return header["jwk"_L1].toObject();
    const QByteArray set = QByteArray::fromBase64(address.mid(at + 8).toLatin1());
    return QJsonDocument::fromJson(set).object()["keys"_L1][0].toObject();
}

bool isSignedByFault(const Parts &parts, const TokenKeys &keys, const TokenRules &rules)
{
    const QString alg = parts.header["alg"_L1].toString();
    const QString kid = parts.header["kid"_L1].toString();
    const auto has = [&](ShopFault fault) { return rules.faults.has(fault); };
    if (has(ShopFault::SignatureIgnored) || (has(ShopFault::AlgNone) && alg == "none"_L1) ||
        (has(ShopFault::AlgNoneOtherCase) && alg != "none"_L1 && alg.toLower() == "none"_L1) ||
        (has(ShopFault::SignatureStripped) && parts.signature.isEmpty() && alg.size() == 5))
        return true;
    if ((has(ShopFault::BlankKey) && isHmac(parts, "")) ||
        (has(ShopFault::KidFile) && kid.endsWith("dev/null"_L1) && isHmac(parts, "")))
        return true;
    if (const auto key = keyBySql(kid); has(ShopFault::KidSql) && key && isHmac(parts, *key))
        return true;
    if (has(ShopFault::KeyConfusion) && (isHmac(parts, publicPem(keys)) || isHmac(parts, publicPem(keys).trimmed())))
        return true;
    return has(ShopFault::EmbeddedKey) && isRsa(parts, rsaOfJwk(broughtKey(parts.header)).get());
}

bool isSigned(const Parts &parts, const TokenKeys &keys, const TokenRules &rules)
{
    if (parts.header.contains("crit"_L1) && !rules.faults.has(ShopFault::UnknownCritAccepted))
        return false; // RFC 7515 section 4.1.11: none is understood here
    if (isSignedByFault(parts, keys, rules))
        return true;
    const bool isStaging = rules.faults.has(ShopFault::StagingToken);
    if (isStaging && (isRsa(parts, keys.stagingRsa.get()) || isHmac(parts, keys.stagingSecret)))
        return true;
    if (parts.header.contains("kid"_L1) && parts.header["kid"_L1].toString().toUtf8() != keys.kid)
        return false;
    return rules.usedSigning() == TokenSigning::Hs256 ? isHmac(parts, secretOf(keys, rules))
                                                      : isRsa(parts, keys.rsa.get());
}

bool isForUsNow(const QJsonObject &claims, const TokenRules &rules)
{
    const auto has = [&](ShopFault fault) { return rules.faults.has(fault); };
    const QString issuer = claims["iss"_L1].toString();
    const bool isStaging = has(ShopFault::StagingToken) && issuer == rules.stagingIssuer;
    if (!has(ShopFault::WrongIssuer) && !isStaging && issuer != rules.issuer)
        return false;
    if (!has(ShopFault::WrongAudience) && claims["aud"_L1].toString() != rules.audience)
        return false;
    if (!has(ShopFault::NotYetValidAccepted) && claims["nbf"_L1].toDouble() > double(rules.now))
        return false;
    if (has(ShopFault::ExpiredAccepted) || (has(ShopFault::NoExpiry) && !claims.contains("exp"_L1)))
        return true;
    return claims["exp"_L1].isDouble() && claims["exp"_L1].toDouble() > double(rules.now);
}

QByteArray signedWith(const QJsonObject &claims, const QByteArray &kid, TokenSigning signing, EVP_PKEY *rsa,
                      const QByteArray &secret)
{
    const bool isRsa = signing == TokenSigning::Rs256;
    const QJsonObject header{
        {u"alg"_s, isRsa ? u"RS256"_s : u"HS256"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, QString::fromLatin1(kid)}};
    const QByteArray text = base64Url(compactJson(header)) + '.' + base64Url(compactJson(claims));
    return text + '.' + base64Url(isRsa ? rsaSignature(rsa, text) : hmacSha256(secret, text));
}

} // namespace

TokenKeys newTokenKeys()
{
    return {.rsa = newRsaKey(),
            .stagingRsa = newRsaKey(),
            .kid = "key-" + randomText(8),
            .secret = randomText(kSecretLength),
            .stagingSecret = randomText(kSecretLength)};
}

TokenKeys stagingKeysOf(const TokenKeys &keys)
{
    EVP_PKEY *shared = keys.stagingRsa.get();
    if (shared)
        EVP_PKEY_up_ref(shared);
    return {.rsa = KeyPtr(shared),
            .stagingRsa = newRsaKey(),
            .kid = kStagingKid,
            .secret = keys.stagingSecret,
            .stagingSecret = randomText(kSecretLength)};
}

QByteArray publicPem(const TokenKeys &keys)
{
    return rsaPublicPem(keys.rsa.get());
}

QJsonObject jwksOf(const TokenKeys &keys, TokenSigning signing)
{
    QJsonArray published;
    if (signing == TokenSigning::Rs256) {
        QJsonObject key = rsaJwk(keys.rsa.get());
        key.insert("kid"_L1, QString::fromLatin1(keys.kid));
        published.append(key);
    }
    return {{u"keys"_s, published}};
}

QByteArray signToken(const QJsonObject &claims, const TokenKeys &keys, const TokenRules &rules)
{
    return signedWith(claims, keys.kid, rules.usedSigning(), keys.rsa.get(), secretOf(keys, rules));
}

QByteArray signStagingToken(const QJsonObject &claims, const TokenKeys &keys, const TokenRules &rules)
{
    return signedWith(claims, kStagingKid, rules.usedSigning(), keys.stagingRsa.get(), keys.stagingSecret);
}

std::optional<QJsonObject> takenClaims(const QByteArray &token, const TokenKeys &keys, const TokenRules &rules)
{
    QByteArray whole = token;
    // Some libraries take "header.payload" when there is no signature to wait for.
    if (whole.count('.') == 1 &&
        (rules.faults.has(ShopFault::AlgNone) || rules.faults.has(ShopFault::SignatureStripped)))
        whole += '.';
    const auto parts = partsOf(whole);
    if (!parts || !isSigned(*parts, keys, rules) || !isForUsNow(parts->claims, rules))
        return {};
    return parts->claims;
}

QByteArray hmacSha256(const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray fromBase64Url(const QByteArray &text)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        text, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? *decoded : QByteArray();
}

QByteArray compactJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace cockpit::shop
