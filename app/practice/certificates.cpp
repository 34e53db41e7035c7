#include "app/practice/certificates.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr long kSecondsPerDay = 86400;
constexpr int kAuthorityDays = 3650;
constexpr int kX509Version3 = 2;

struct Issuer
{
    X509 *certificate = nullptr; // null: self-signed
    EVP_PKEY *key = nullptr;
};

KeyPtr freshKey()
{
    return KeyPtr(EVP_EC_gen("P-256"));
}

// A serial number must differ between certificates of one issuer (RFC 5280 section 4.1.2.2).
bool setSerial(X509 *certificate)
{
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return false;
    bytes[0] &= 0x7f; // positive
    BIGNUM *number = BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr);
    const bool ok = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    return ok;
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
    if (!extension)
        return false;
    const bool ok = X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return ok;
}

bool addExtensions(X509 *certificate, X509 *issuer, bool isAuthority, const QStringList &names)
{
    const bool common = addExtension(certificate, issuer, NID_subject_key_identifier, "hash") &&
                        addExtension(certificate, issuer, NID_authority_key_identifier, "keyid");
    if (isAuthority) {
        return common && addExtension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE") &&
               addExtension(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
    }
    QStringList entries;
    for (const QString &name : names)
        entries << "DNS:"_L1 + name;
    return common && addExtension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
           addExtension(certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
           addExtension(certificate, issuer, NID_ext_key_usage, "serverAuth") &&
           addExtension(certificate, issuer, NID_subject_alt_name, entries.join(u',').toLatin1());
}

IssuedCertificate make(const CertificateWish &wish, bool isAuthority, Issuer issuer)
{
    IssuedCertificate made{X509Ptr(X509_new()), freshKey()};
    X509 *certificate = made.certificate.get();
    if (!made.isComplete() || !setSerial(certificate))
        return {};
    X509_set_version(certificate, kX509Version3);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -wish.validSinceDays * kSecondsPerDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.daysLeft * kSecondsPerDay);
    X509_set_pubkey(certificate, made.key.get());

    const QByteArray commonName = wish.names.first().toUtf8();
    X509_NAME *subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(commonName.constData()), -1, -1, 0);
    X509 *issuerCertificate = issuer.certificate ? issuer.certificate : certificate;
    EVP_PKEY *issuerKey = issuer.key ? issuer.key : made.key.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(issuerCertificate));
    if (!addExtensions(certificate, issuerCertificate, isAuthority, wish.names))
        return {};
    if (X509_sign(certificate, issuerKey, EVP_sha256()) == 0)
        return {};
    return made;
}

QByteArray contentsOf(BIO *bio)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return QByteArray(bytes, size);
}

} // namespace

CertificateAuthority::CertificateAuthority()
    : m_root(make({.names = {u"Practice Company Root"_s}, .validSinceDays = 30, .daysLeft = kAuthorityDays}, true, {}))
{
    if (!m_root.isComplete())
        return;
    m_intermediate = make({.names = {u"Practice Company Issuing"_s}, .validSinceDays = 30, .daysLeft = kAuthorityDays},
                          true, {m_root.certificate.get(), m_root.key.get()});
}

IssuedCertificate CertificateAuthority::issue(const CertificateWish &wish) const
{
    return make(wish, false, {m_intermediate.certificate.get(), m_intermediate.key.get()});
}

QByteArray CertificateAuthority::rootPem() const
{
    BIO *bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, m_root.certificate.get());
    QByteArray pem = contentsOf(bio);
    BIO_free(bio);
    return pem;
}

QByteArray freshDkimPublicKey(unsigned bits)
{
    const KeyPtr key(EVP_RSA_gen(bits));
    unsigned char *der = nullptr;
    const int size = key ? i2d_PUBKEY(key.get(), &der) : 0;
    if (size <= 0)
        return {};
    const QByteArray bytes(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    return bytes.toBase64();
}

} // namespace cockpit
