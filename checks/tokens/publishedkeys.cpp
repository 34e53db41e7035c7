#include "checks/tokens/publishedkeys.h"

#include "checks/net/opensslhandles.h"
#include "checks/tokens/base64url.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/encoder.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using BignumPtr = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using BuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using ParametersPtr = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;
using KeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using EncoderPtr = std::unique_ptr<OSSL_ENCODER_CTX, FreeWith<OSSL_ENCODER_CTX_free>>;

const unsigned char *bytesOf(const QByteArray &text)
{
    return reinterpret_cast<const unsigned char *>(text.constData());
}

QByteArray part(const QJsonObject &jwk, QLatin1StringView name)
{
    return fromBase64Url(jwk[name].toString().toLatin1()).value_or(QByteArray());
}

KeyPtr keyFrom(const char *type, OSSL_PARAM_BLD *builder)
{
    const ParametersPtr parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
    ERR_clear_error(); // what is no key leaves reasons behind, which a connection would stumble over
    return KeyPtr(key);
}

// RFC 7518 section 6.3.
KeyPtr rsaKey(const QJsonObject &jwk)
{
    const QByteArray n = part(jwk, "n"_L1);
    const QByteArray e = part(jwk, "e"_L1);
    const BignumPtr modulus(BN_bin2bn(bytesOf(n), static_cast<int>(n.size()), nullptr));
    const BignumPtr exponent(BN_bin2bn(bytesOf(e), static_cast<int>(e.size()), nullptr));
    const BuilderPtr builder(OSSL_PARAM_BLD_new());
    if (n.isEmpty() || e.isEmpty() || !builder ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1)
        return nullptr;
    return keyFrom("RSA", builder.get());
}

// RFC 7518 section 6.2: the point without compression.
KeyPtr ecKey(const QJsonObject &jwk)
{
    const QString curve = jwk["crv"_L1].toString();
    if (curve != "P-256"_L1 && curve != "P-384"_L1 && curve != "P-521"_L1)
        return nullptr;
    const QByteArray point = '\4' + part(jwk, "x"_L1) + part(jwk, "y"_L1);
    const QByteArray group = curve.toLatin1();
    const BuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group.constData(), 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(),
                                         static_cast<size_t>(point.size())) != 1)
        return nullptr;
    return keyFrom("EC", builder.get());
}

// RFC 8037 section 2.
KeyPtr edwardsKey(const QJsonObject &jwk)
{
    const QByteArray x = part(jwk, "x"_L1);
    if (jwk["crv"_L1].toString() != "Ed25519"_L1 || x.isEmpty())
        return nullptr;
    KeyPtr key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(x), static_cast<size_t>(x.size())));
    ERR_clear_error();
    return key;
}

QByteArray encoded(EVP_PKEY *key, const char *format, const char *structure)
{
    const EncoderPtr context(OSSL_ENCODER_CTX_new_for_pkey(key, EVP_PKEY_PUBLIC_KEY, format, structure, nullptr));
    unsigned char *data = nullptr;
    size_t size = 0;
    QByteArray text;
    if (context && OSSL_ENCODER_to_data(context.get(), &data, &size) == 1)
        text = QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    OPENSSL_free(data);
    ERR_clear_error();
    return text;
}

void add(std::vector<KeySpelling> &spellings, const QString &name, const QByteArray &bytes)
{
    if (!bytes.isEmpty())
        spellings.push_back({name, bytes});
}

std::vector<KeySpelling> spellingsOf(EVP_PKEY *key)
{
    std::vector<KeySpelling> all;
    const QByteArray pem = encoded(key, "PEM", "SubjectPublicKeyInfo");
    add(all, u"PEM"_s, pem);
    add(all, u"PEM without the last line end"_s, pem.trimmed());
    if (EVP_PKEY_is_a(key, "RSA") == 1)
        add(all, u"PKCS#1 PEM"_s, encoded(key, "PEM", "type-specific"));
    add(all, u"DER"_s, encoded(key, "DER", "SubjectPublicKeyInfo"));
    return all;
}

KeyPtr keyOf(const QJsonObject &jwk)
{
    const QString type = jwk["kty"_L1].toString();
    if (type == "RSA"_L1)
        return rsaKey(jwk);
    if (type == "EC"_L1)
        return ecKey(jwk);
    return type == "OKP"_L1 ? edwardsKey(jwk) : nullptr;
}

} // namespace

std::vector<PublishedKey> publishedKeysIn(const QByteArray &jwks)
{
    std::vector<PublishedKey> keys;
    const QJsonArray listed = QJsonDocument::fromJson(jwks).object()["keys"_L1].toArray();
    for (const QJsonValue one : listed) {
        const QJsonObject jwk = one.toObject();
        const KeyPtr key = keyOf(jwk);
        if (!key || keys.size() >= kMostPublishedKeys)
            continue;
        PublishedKey published{.kid = jwk["kid"_L1].toString(),
                               .type = jwk["kty"_L1].toString(),
                               .use = jwk["use"_L1].toString(),
                               .algorithm = jwk["alg"_L1].toString(),
                               .spellings = spellingsOf(key.get())};
        add(published.spellings, u"the key set as it is published"_s, jwks);
        keys.push_back(std::move(published));
    }
    return keys;
}

std::vector<KeySpelling> spellingsOfCertificate(const QByteArray &der)
{
    const unsigned char *at = bytesOf(der);
    const X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    const BioPtr memory(BIO_new(BIO_s_mem()));
    std::vector<KeySpelling> all;
    if (certificate && memory && PEM_write_bio_X509(memory.get(), certificate.get()) == 1) {
        char *text = nullptr;
        const long size = BIO_get_mem_data(memory.get(), &text);
        add(all, u"the certificate as PEM"_s, QByteArray(text, static_cast<qsizetype>(size)));
        if (EVP_PKEY *key = X509_get0_pubkey(certificate.get()))
            add(all, u"the certificate's key as PEM"_s, encoded(key, "PEM", "SubjectPublicKeyInfo"));
    }
    ERR_clear_error();
    return all;
}

} // namespace cockpit
