#include "checks/tokens/tokensignature.h"

#include "checks/net/opensslhandles.h"
#include "checks/tokens/base64url.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr unsigned kOwnKeyBits = 2048;

const unsigned char *bytesOf(const QByteArray &text)
{
    return reinterpret_cast<const unsigned char *>(text.constData());
}

const EVP_MD *digestOf(const QString &algorithm)
{
    const QString name = algorithm.toUpper();
    if (name == "HS256"_L1)
        return EVP_sha256();
    if (name == "HS384"_L1)
        return EVP_sha384();
    return name == "HS512"_L1 ? EVP_sha512() : nullptr;
}

QString numberOf(EVP_PKEY *key, const char *name)
{
    BIGNUM *number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1)
        return {};
    const std::unique_ptr<BIGNUM, FreeWith<BN_free>> owned(number);
    QByteArray bytes(BN_num_bytes(number), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char *>(bytes.data()));
    return QString::fromLatin1(toBase64Url(bytes));
}

QByteArray privateDer(EVP_PKEY *key)
{
    const int size = i2d_PrivateKey(key, nullptr);
    if (size <= 0)
        return {};
    QByteArray der(size, '\0');
    auto *at = reinterpret_cast<unsigned char *>(der.data());
    return i2d_PrivateKey(key, &at) == size ? der : QByteArray();
}

} // namespace

bool isHmacAlgorithm(const QString &algorithm)
{
    return digestOf(algorithm) != nullptr;
}

std::optional<QByteArray> hmacSignature(const QString &algorithm, const QByteArray &key, const QByteArray &text)
{
    const EVP_MD *digest = digestOf(algorithm);
    if (!digest)
        return std::nullopt;
    QByteArray signature(EVP_MD_get_size(digest), '\0');
    // constData() of an empty key is not null, which OpenSSL would take for "the key of before".
    if (!HMAC(digest, key.constData(), static_cast<int>(key.size()), bytesOf(text), static_cast<size_t>(text.size()),
              reinterpret_cast<unsigned char *>(signature.data()), nullptr))
        return std::nullopt;
    return signature;
}

bool isSignedWith(const Jwt &token, const QByteArray &key)
{
    const auto signature = hmacSignature(token.algorithm(), key, token.signedPart());
    return signature && fromBase64Url(token.signaturePart()) == signature;
}

std::optional<OwnKey> OwnKey::made()
{
    const KeyPtr key(EVP_RSA_gen(kOwnKeyBits));
    if (!key) {
        ERR_clear_error();
        return std::nullopt;
    }
    OwnKey own;
    own.m_private = Secret(privateDer(key.get()));
    own.m_jwk = {{u"kty"_s, u"RSA"_s},
                 {u"use"_s, u"sig"_s},
                 {u"alg"_s, u"RS256"_s},
                 {u"n"_s, numberOf(key.get(), OSSL_PKEY_PARAM_RSA_N)},
                 {u"e"_s, numberOf(key.get(), OSSL_PKEY_PARAM_RSA_E)}};
    return own.m_private.isEmpty() ? std::nullopt : std::optional(own);
}

QJsonObject OwnKey::jwk(const QString &kid) const
{
    QJsonObject object = m_jwk;
    if (!kid.isEmpty())
        object.insert("kid"_L1, kid);
    return object;
}

QByteArray OwnKey::rs256(const QByteArray &text) const
{
    const unsigned char *at = bytesOf(m_private.reveal());
    const KeyPtr key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(m_private.reveal().size())));
    const std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    size_t size = 0;
    const auto length = static_cast<size_t>(text.size());
    if (!key || !context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytesOf(text), length) != 1)
        return {};
    QByteArray signature(static_cast<qsizetype>(size), '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, bytesOf(text),
                       length) != 1)
        return {};
    return signature.left(static_cast<qsizetype>(size));
}

} // namespace cockpit
