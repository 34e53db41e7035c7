#include "tests/lab/certificates.h"

#include <QHostAddress>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

EVP_PKEY *generated(KeyKind kind)
{
    switch (kind) {
    case KeyKind::EcP256:
        return EVP_EC_gen("P-256");
    case KeyKind::EcP224:
        return EVP_EC_gen("P-224");
    case KeyKind::EcSecp256k1:
        return EVP_EC_gen("secp256k1");
    case KeyKind::Rsa3072:
        return EVP_RSA_gen(3072);
    case KeyKind::Rsa2048:
        return EVP_RSA_gen(2048);
    case KeyKind::Rsa1024:
        return EVP_RSA_gen(1024);
    case KeyKind::Ed25519:
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    }
    Q_UNREACHABLE();
}

void addExtension(X509 *x509, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, x509, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
    Q_ASSERT(extension);
    X509_add_ext(x509, extension, -1);
    X509_EXTENSION_free(extension);
}

QByteArray alternativeNames(const QStringList &names, const QStringList &textNames)
{
    QByteArrayList entries;
    for (const QString &name : names)
        entries += (QHostAddress(name).isNull() ? "DNS:" : "IP:") + name.toUtf8();
    for (const QString &name : textNames)
        entries += "DNS:" + name.toUtf8();
    return entries.join(',');
}

void setSubject(X509 *x509, const CertificateSpec &spec)
{
    const QByteArray name = spec.commonName.toUtf8();
    if (!spec.organization.isEmpty()) {
        const QByteArray organization = spec.organization.toUtf8();
        X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "O", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(organization.constData()), -1, -1, 0);
    }
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(name.constData()), -1, -1, 0);
}

QByteArray accessFor(const CertificateSpec &spec)
{
    QByteArrayList entries;
    if (!spec.caIssuersUrl.isEmpty())
        entries += "caIssuers;URI:" + spec.caIssuersUrl.toUtf8();
    if (!spec.ocspUrl.isEmpty())
        entries += "OCSP;URI:" + spec.ocspUrl.toUtf8();
    return entries.join(',');
}

// The list stands in an OCTET STRING of its own (RFC 6962 section 3.3).
void addTimestamps(X509 *x509, int count)
{
    const QByteArray list = timestampList(count);
    ASN1_OCTET_STRING *inner = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(inner, reinterpret_cast<const unsigned char *>(list.constData()),
                          static_cast<int>(list.size()));
    unsigned char *der = nullptr;
    const int size = i2d_ASN1_OCTET_STRING(inner, &der);
    ASN1_OCTET_STRING_set(inner, der, size);
    X509_EXTENSION *extension = X509_EXTENSION_create_by_NID(nullptr, NID_ct_precert_scts, 0, inner);
    X509_add_ext(x509, extension, -1);
    X509_EXTENSION_free(extension);
    OPENSSL_free(der);
    ASN1_OCTET_STRING_free(inner);
}

void setDates(X509 *x509, const CertificateSpec &spec)
{
    ASN1_TIME_set(X509_getm_notBefore(x509), static_cast<time_t>(spec.notBefore.toSecsSinceEpoch()));
    ASN1_TIME_set(X509_getm_notAfter(x509), static_cast<time_t>(spec.notAfter.toSecsSinceEpoch()));
}

void setExtensions(X509 *x509, X509 *issuer, const CertificateSpec &spec)
{
    addExtension(x509, issuer, NID_basic_constraints, spec.isCa ? "critical,CA:TRUE" : "critical,CA:FALSE");
    addExtension(x509, issuer, NID_subject_key_identifier, "hash");
    addExtension(x509, issuer, NID_key_usage, spec.isCa ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
    if (!spec.names.isEmpty() || !spec.textNames.isEmpty())
        addExtension(x509, issuer, NID_subject_alt_name, alternativeNames(spec.names, spec.textNames));
    if (!spec.extendedUse.isEmpty())
        addExtension(x509, issuer, NID_ext_key_usage, spec.extendedUse);
    if (const QByteArray access = accessFor(spec); !access.isEmpty())
        addExtension(x509, issuer, NID_info_access, access);
    if (!spec.crlUrl.isEmpty())
        addExtension(x509, issuer, NID_crl_distribution_points, "URI:" + spec.crlUrl.toUtf8());
    if (spec.mustStaple)
        addExtension(x509, issuer, NID_tlsfeature, "status_request");
    if (issuer != x509)
        addExtension(x509, issuer, NID_authority_key_identifier, "keyid");
    if (spec.timestamps > 0)
        addTimestamps(x509, spec.timestamps);
}

// issuer null: signed by its own key.
Identity make(const CertificateSpec &spec, const Identity *issuer)
{
    static std::atomic_int serial = 1;
    KeyPtr key(generated(spec.key));
    X509Ptr x509(X509_new());
    X509_set_version(x509.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), ++serial);
    setDates(x509.get(), spec);
    setSubject(x509.get(), spec);
    X509_set_pubkey(x509.get(), key.get());
    X509 *signer = issuer ? issuer->certificate() : x509.get();
    X509_set_issuer_name(x509.get(), X509_get_subject_name(signer));
    setExtensions(x509.get(), signer, spec);
    EVP_PKEY *signingKey = issuer ? issuer->key() : key.get();
    const bool hashesItself = EVP_PKEY_get_base_id(signingKey) == EVP_PKEY_ED25519;
    const EVP_MD *hash = spec.signedWithSha1 ? EVP_sha1() : EVP_sha256();
    X509_sign(x509.get(), signingKey, hashesItself ? nullptr : hash);
    return {std::move(x509), std::move(key)};
}

QByteArray bytesOf(BIO *memory)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(memory, &bytes);
    return QByteArray(bytes, size);
}

CertificateSpec authority(const QString &commonName)
{
    CertificateSpec spec;
    spec.commonName = commonName;
    spec.isCa = true;
    spec.notAfter = spec.notBefore.addYears(10);
    return spec;
}

} // namespace

QByteArray Identity::certificatePem() const
{
    const BioPtr out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), certificate());
    return bytesOf(out.get());
}

QByteArray Identity::keyPem() const
{
    const BioPtr out(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(out.get(), key(), nullptr, nullptr, 0, nullptr, nullptr);
    return bytesOf(out.get());
}

Identity makeSelfSigned(const CertificateSpec &spec)
{
    return make(spec, nullptr);
}

Identity makeSigned(const CertificateSpec &spec, const Identity &issuer)
{
    return make(spec, &issuer);
}

Identity makeRoot(const QString &commonName)
{
    return make(authority(commonName), nullptr);
}

Identity makeIntermediate(const QString &commonName, const Identity &root)
{
    return make(authority(commonName), &root);
}

Identity makeIntermediate(const CertificateSpec &spec, const Identity &root)
{
    CertificateSpec whole = spec;
    whole.isCa = true;
    return make(whole, &root);
}

QByteArray timestampList(int count)
{
    QByteArray list;
    for (int i = 0; i < count; ++i) {
        const QByteArray logId(32, static_cast<char>('a' + i));
        const QByteArray time = QByteArray::fromHex("0000019000000000");
        const QByteArray signature = QByteArray::fromHex("0403") + QByteArray::fromHex("0008") + QByteArray(8, 's');
        const QByteArray sct = QByteArray(1, '\0') + logId + time + QByteArray(2, '\0') + signature;
        list += QByteArray(1, '\0') + static_cast<char>(sct.size()) + sct;
    }
    const auto size = static_cast<quint16>(list.size());
    return QByteArray(1, static_cast<char>(size >> 8)) + static_cast<char>(size & 0xff) + list;
}

QByteArray pemOf(const std::vector<Identity> &identities)
{
    QByteArray pem;
    for (const Identity &identity : identities)
        pem += identity.certificatePem();
    return pem;
}

} // namespace cockpit::lab
