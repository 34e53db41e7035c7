#include "checks/net/certificate.h"

#include "checks/net/addressspace.h"
#include "checks/net/x509bytes.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QTimeZone>

#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, FreeWith<GENERAL_NAMES_free>>;
using AccessPtr = std::unique_ptr<AUTHORITY_INFO_ACCESS, FreeWith<AUTHORITY_INFO_ACCESS_free>>;

// A certificate is foreign text: a name of a megabyte must not travel further.
constexpr int kLongestName = 1024;
constexpr int kMostNames = 1000;

QString textOf(const ASN1_STRING *text)
{
    const auto *bytes = reinterpret_cast<const char *>(ASN1_STRING_get0_data(text));
    return QString::fromUtf8(bytes, std::min(ASN1_STRING_length(text), kLongestName));
}

QString printed(const X509_NAME *name)
{
    const BioPtr out(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(out.get(), &bytes);
    return QString::fromUtf8(bytes, std::min<qsizetype>(size, kLongestName));
}

// The first attribute of this kind; empty when there is none.
QString attributeOf(const X509_NAME *name, int nid)
{
    const int at = X509_NAME_get_index_by_NID(name, nid, -1);
    if (at < 0)
        return {};
    unsigned char *utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (size < 0)
        return {};
    QString text = QString::fromUtf8(reinterpret_cast<const char *>(utf8), std::min(size, kLongestName));
    OPENSSL_free(utf8);
    return text;
}

QString commonNameOrAll(const X509_NAME *name)
{
    const QString commonName = attributeOf(name, NID_commonName);
    return commonName.isEmpty() ? printed(name) : commonName;
}

QString addressOf(const ASN1_OCTET_STRING *ip)
{
    const unsigned char *bytes = ASN1_STRING_get0_data(ip);
    if (ASN1_STRING_length(ip) == 4)
        return QHostAddress(quint32(bytes[0]) << 24 | quint32(bytes[1]) << 16 | quint32(bytes[2]) << 8 | bytes[3])
            .toString();
    if (ASN1_STRING_length(ip) == 16)
        return QHostAddress(bytes).toString();
    return {};
}

// A dNSName that looks like an address stands for nothing: addresses are iPAddress entries (RFC 9525 section 6.5).
QString dnsNameOf(const ASN1_STRING *text)
{
    QString name = textOf(text).toLower();
    return isIpAddress(name) ? QString() : name;
}

QStringList alternativeNames(X509 *x509)
{
    QStringList names;
    const GeneralNamesPtr all(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(x509, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()) && names.size() < kMostNames; ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(all.get(), i);
        if (name->type == GEN_DNS)
            names += dnsNameOf(name->d.dNSName);
        else if (name->type == GEN_IPADD)
            names += addressOf(name->d.iPAddress);
    }
    names.removeAll(QString());
    return names;
}

QString caIssuersUrl(X509 *x509)
{
    const AccessPtr all(
        static_cast<AUTHORITY_INFO_ACCESS *>(X509_get_ext_d2i(x509, NID_info_access, nullptr, nullptr)));
    for (int i = 0; all && i < sk_ACCESS_DESCRIPTION_num(all.get()); ++i) {
        const ACCESS_DESCRIPTION *access = sk_ACCESS_DESCRIPTION_value(all.get(), i);
        if (OBJ_obj2nid(access->method) == NID_ad_ca_issuers && access->location->type == GEN_URI)
            return textOf(access->location->d.uniformResourceIdentifier);
    }
    return {};
}

QString keyTypeOf(const EVP_PKEY *key)
{
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
        return u"RSA"_s;
    case EVP_PKEY_RSA_PSS:
        return u"RSA-PSS"_s;
    case EVP_PKEY_EC:
        return u"EC"_s;
    case EVP_PKEY_ED25519:
        return u"Ed25519"_s;
    case EVP_PKEY_ED448:
        return u"Ed448"_s;
    default: // an int of OpenSSL, not an enum of ours
        return QString::fromLatin1(EVP_PKEY_get0_type_name(key));
    }
}

QByteArray derOf(X509 *x509)
{
    unsigned char *bytes = nullptr;
    const int size = i2d_X509(x509, &bytes);
    QByteArray der(reinterpret_cast<const char *>(bytes), std::max(size, 0));
    OPENSSL_free(bytes);
    return der;
}

} // namespace

QDateTime timeOf(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), QTimeZone::utc());
}

Certificate readCertificate(X509 *x509)
{
    Certificate certificate;
    certificate.der = derOf(x509);
    certificate.subject = commonNameOrAll(X509_get_subject_name(x509));
    certificate.issuer = commonNameOrAll(X509_get_issuer_name(x509));
    certificate.issuerOrganization = attributeOf(X509_get_issuer_name(x509), NID_organizationName);
    certificate.names = alternativeNames(x509);
    certificate.notBefore = timeOf(X509_get0_notBefore(x509));
    certificate.notAfter = timeOf(X509_get0_notAfter(x509));
    if (const EVP_PKEY *key = X509_get0_pubkey(x509)) {
        certificate.keyType = keyTypeOf(key);
        certificate.keyBits = EVP_PKEY_get_bits(key);
    }
    certificate.signature = QString::fromLatin1(OBJ_nid2ln(X509_get_signature_nid(x509)));
    certificate.fingerprint =
        QString::fromLatin1(QCryptographicHash::hash(certificate.der, QCryptographicHash::Sha256).toHex());
    certificate.isSelfSigned = X509_self_signed(x509, 1) == 1;
    certificate.caIssuersUrl = caIssuersUrl(x509);
    return certificate;
}

std::vector<X509Ptr> certificatesFrom(std::span<const Certificate> chain)
{
    std::vector<X509Ptr> owned;
    owned.reserve(chain.size());
    for (const Certificate &certificate : chain) {
        if (X509Ptr x509 = x509From(certificate.der))
            owned.push_back(std::move(x509));
    }
    return owned;
}

std::vector<X509 *> pointersTo(std::span<const X509Ptr> owned)
{
    std::vector<X509 *> pointers;
    pointers.reserve(owned.size());
    for (const X509Ptr &x509 : owned)
        pointers.push_back(x509.get());
    return pointers;
}

} // namespace cockpit
