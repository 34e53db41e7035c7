#include "checks/net/certificatefields.h"

#include "checks/net/opensslhandles.h"
#include "checks/net/x509bytes.h"

#include <openssl/core_names.h>
#include <openssl/ct.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using AccessPtr = std::unique_ptr<AUTHORITY_INFO_ACCESS, FreeWith<AUTHORITY_INFO_ACCESS_free>>;
using PointsPtr = std::unique_ptr<CRL_DIST_POINTS, FreeWith<CRL_DIST_POINTS_free>>;
using KeyIdPtr = std::unique_ptr<AUTHORITY_KEYID, FreeWith<AUTHORITY_KEYID_free>>;
using FeaturePtr = std::unique_ptr<TLS_FEATURE, FreeWith<TLS_FEATURE_free>>;
using BasicPtr = std::unique_ptr<BASIC_CONSTRAINTS, FreeWith<BASIC_CONSTRAINTS_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using SctListPtr = std::unique_ptr<STACK_OF(SCT), FreeWith<SCT_LIST_free>>;

constexpr int kLongestUrl = 1024;
constexpr int kMostUrls = 8;
constexpr int kMostScts = 32;
constexpr long kStatusRequest = 5; // RFC 6066

template<typename Ptr>
Ptr extensionOf(X509 *x509, int nid)
{
    return Ptr(static_cast<typename Ptr::pointer>(X509_get_ext_d2i(x509, nid, nullptr, nullptr)));
}

QByteArray bytesOf(const ASN1_STRING *text, int longest)
{
    return QByteArray(reinterpret_cast<const char *>(ASN1_STRING_get0_data(text)),
                      std::min(ASN1_STRING_length(text), longest));
}

QString urlOf(const GENERAL_NAME *name)
{
    return name->type == GEN_URI ? QString::fromLatin1(bytesOf(name->d.uniformResourceIdentifier, kLongestUrl))
                                 : QString();
}

QString ocspUrl(X509 *x509)
{
    const auto all = extensionOf<AccessPtr>(x509, NID_info_access);
    for (int i = 0; all && i < sk_ACCESS_DESCRIPTION_num(all.get()); ++i) {
        const ACCESS_DESCRIPTION *access = sk_ACCESS_DESCRIPTION_value(all.get(), i);
        if (OBJ_obj2nid(access->method) == NID_ad_OCSP)
            return urlOf(access->location);
    }
    return {};
}

QStringList crlUrls(X509 *x509)
{
    QStringList urls;
    const auto points = extensionOf<PointsPtr>(x509, NID_crl_distribution_points);
    for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
        const DIST_POINT_NAME *point = sk_DIST_POINT_value(points.get(), i)->distpoint;
        if (!point || point->type != 0) // a full name, the only kind with a URL
            continue;
        for (int k = 0; k < sk_GENERAL_NAME_num(point->name.fullname) && urls.size() < kMostUrls; ++k)
            urls += urlOf(sk_GENERAL_NAME_value(point->name.fullname, k));
    }
    urls.removeAll(QString());
    return urls;
}

bool needsStaple(X509 *x509)
{
    const auto features = extensionOf<FeaturePtr>(x509, NID_tlsfeature);
    for (int i = 0; features && i < sk_ASN1_INTEGER_num(features.get()); ++i) {
        if (ASN1_INTEGER_get(sk_ASN1_INTEGER_value(features.get(), i)) == kStatusRequest)
            return true;
    }
    return false;
}

// RFC 6962 section 3.3: the list is wrapped once more.
std::vector<SctSeen> embeddedScts(X509 *x509)
{
    std::vector<SctSeen> seen;
    const auto list = extensionOf<SctListPtr>(x509, NID_ct_precert_scts);
    const int count = list ? std::min(sk_SCT_num(list.get()), kMostScts) : 0;
    seen.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        seen.push_back({logIdOf(sk_SCT_value(list.get(), i)), SctSource::Embedded});
    return seen;
}

QString curveOf(const EVP_PKEY *key)
{
    std::array<char, 80> name{};
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC ||
        EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr) != 1)
        return {};
    const int nid = OBJ_txt2nid(name.data());
    const char *nist = EC_curve_nid2nist(nid);
    return QString::fromLatin1(nist ? nist : name.data());
}

qulonglong exponentOf(const EVP_PKEY *key)
{
    BIGNUM *number = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &number) != 1)
        return 0;
    const NumberPtr owner(number);
    return BN_num_bits(number) <= 64 ? BN_get_word(number) : 0;
}

} // namespace

QByteArray logIdOf(const SCT *sct)
{
    unsigned char *id = nullptr;
    const size_t size = SCT_get0_log_id(sct, &id);
    return QByteArray(reinterpret_cast<const char *>(id), static_cast<qsizetype>(size));
}

X509Ptr x509From(const QByteArray &der)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    return X509Ptr(d2i_X509(nullptr, &bytes, der.size()));
}

CertificateFields readFields(const QByteArray &der)
{
    CertificateFields fields;
    const X509Ptr x509 = x509From(der);
    if (!x509)
        return fields;
    fields.serial = serialOf(x509.get());
    if (const auto id = extensionOf<KeyIdPtr>(x509.get(), NID_authority_key_identifier); id && id->keyid)
        fields.issuerKeyId = bytesOf(id->keyid, 64);
    if (const EVP_PKEY *key = X509_get0_pubkey(x509.get())) {
        fields.curve = curveOf(key);
        fields.exponent = exponentOf(key);
    }
    fields.ocspUrl = ocspUrl(x509.get());
    fields.crlUrls = crlUrls(x509.get());
    fields.needsStaple = needsStaple(x509.get());
    if (const auto basic = extensionOf<BasicPtr>(x509.get(), NID_basic_constraints))
        fields.isAuthority = basic->ca != 0;
    fields.scts = embeddedScts(x509.get());
    return fields;
}

QByteArray serialOf(X509 *x509)
{
    unsigned char *der = nullptr;
    const int size = i2d_ASN1_INTEGER(X509_get_serialNumber(x509), &der);
    const QByteArray whole(reinterpret_cast<const char *>(der), std::max(size, 0));
    OPENSSL_free(der);
    return whole.mid(2, 64); // behind tag and length; RFC 5280 allows twenty octets
}

} // namespace cockpit
