#include "app/practice/shop/rsakeys.h"

#include "app/practice/shop/tokens.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

constexpr unsigned kKeyBits = 2048;

using BignumPtr = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
using DigestPtr = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using KeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

const unsigned char *bytes(const QByteArray &text)
{
    return reinterpret_cast<const unsigned char *>(text.constData());
}

QString numberOf(EVP_PKEY *key, const char *name)
{
    BIGNUM *number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1)
        return {};
    const BignumPtr owned(number, BN_free);
    QByteArray text(BN_num_bytes(number), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char *>(text.data()));
    return QString::fromLatin1(base64Url(text));
}

BignumPtr numberFrom(const QJsonValue &value)
{
    const QByteArray text = fromBase64Url(value.toString().toLatin1());
    return {text.isEmpty() ? nullptr : BN_bin2bn(bytes(text), static_cast<int>(text.size()), nullptr), BN_free};
}

} // namespace

KeyPtr newRsaKey()
{
    return KeyPtr(EVP_RSA_gen(kKeyBits));
}

QByteArray rsaPublicPem(EVP_PKEY *key)
{
    const BioPtr memory(BIO_new(BIO_s_mem()));
    char *text = nullptr;
    if (!memory || PEM_write_bio_PUBKEY(memory.get(), key) != 1)
        return {};
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<qsizetype>(size)};
}

QJsonObject rsaJwk(EVP_PKEY *key)
{
    return {{u"kty"_s, u"RSA"_s},
            {u"use"_s, u"sig"_s},
            {u"alg"_s, u"RS256"_s},
            {u"n"_s, numberOf(key, OSSL_PKEY_PARAM_RSA_N)},
            {u"e"_s, numberOf(key, OSSL_PKEY_PARAM_RSA_E)}};
}

KeyPtr rsaOfJwk(const QJsonObject &jwk)
{
    const BignumPtr n = numberFrom(jwk["n"_L1]);
    const BignumPtr e = numberFrom(jwk["e"_L1]);
    const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(OSSL_PARAM_BLD_new(),
                                                                                  OSSL_PARAM_BLD_free);
    if (!n || !e || !builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> parameters(OSSL_PARAM_BLD_to_param(builder.get()),
                                                                             OSSL_PARAM_free);
    const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY *key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        ERR_clear_error();
    return KeyPtr(key);
}

QByteArray rsaSignature(EVP_PKEY *key, const QByteArray &text)
{
    const DigestPtr context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    size_t size = 0;
    const auto length = static_cast<size_t>(text.size());
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytes(text), length) != 1)
        return {};
    QByteArray signature(static_cast<qsizetype>(size), '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, bytes(text),
                       length) != 1)
        return {};
    return signature.left(static_cast<qsizetype>(size));
}

bool isRsaSignature(EVP_PKEY *key, const QByteArray &text, const QByteArray &signature)
{
    const DigestPtr context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const bool isGood = context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
                        EVP_DigestVerify(context.get(), bytes(signature), static_cast<size_t>(signature.size()),
                                         bytes(text), static_cast<size_t>(text.size())) == 1;
    ERR_clear_error(); // a wrong signature leaves its reasons behind, which the connection would stumble over
    return isGood;
}

} // namespace cockpit::shop
