#include "tests/lab/revocation.h"

#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

namespace cockpit::lab {

namespace {

using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, FreeWith<OCSP_RESPONSE_free>>;
using BasicPtr = std::unique_ptr<OCSP_BASICRESP, FreeWith<OCSP_BASICRESP_free>>;
using IdPtr = std::unique_ptr<OCSP_CERTID, FreeWith<OCSP_CERTID_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, FreeWith<ASN1_TIME_free>>;
using CrlPtr = std::unique_ptr<X509_CRL, FreeWith<X509_CRL_free>>;

TimePtr timeOf(const QDateTime &time)
{
    return TimePtr(ASN1_TIME_set(nullptr, static_cast<time_t>(time.toSecsSinceEpoch())));
}

int statusFor(Withdrawn state)
{
    switch (state) {
    case Withdrawn::No:
        return V_OCSP_CERTSTATUS_GOOD;
    case Withdrawn::Yes:
        return V_OCSP_CERTSTATUS_REVOKED;
    case Withdrawn::Unheard:
        return V_OCSP_CERTSTATUS_UNKNOWN;
    }
    Q_UNREACHABLE();
}

template<typename T>
QByteArray derOf(T *object, int (*write)(const T *, unsigned char **))
{
    unsigned char *bytes = nullptr;
    const int size = write(object, &bytes);
    QByteArray der(reinterpret_cast<const char *>(bytes), size);
    OPENSSL_free(bytes);
    return der;
}

} // namespace

QByteArray ocspAnswer(const Identity &leaf, const Identity &issuer, Withdrawn state, const Identity &signer,
                      const QDateTime &produced, const QDateTime &nextUpdate)
{
    const BasicPtr basic(OCSP_BASICRESP_new());
    const IdPtr id(OCSP_cert_to_id(EVP_sha1(), leaf.certificate(), issuer.certificate()));
    const TimePtr from = timeOf(produced);
    const TimePtr until = timeOf(nextUpdate);
    const TimePtr since = timeOf(produced.addDays(-1));
    OCSP_basic_add1_status(basic.get(), id.get(), statusFor(state), OCSP_REVOKED_STATUS_NOSTATUS,
                           state == Withdrawn::Yes ? since.get() : nullptr, from.get(), until.get());
    OCSP_basic_sign(basic.get(), signer.certificate(), signer.key(), EVP_sha256(), nullptr, 0);
    const ResponsePtr response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
    return derOf<OCSP_RESPONSE>(response.get(), i2d_OCSP_RESPONSE);
}

QByteArray revocationList(const Identity &issuer, const std::vector<Identity> &withdrawn, const Identity &signer,
                          const QDateTime &produced, const QDateTime &nextUpdate)
{
    const CrlPtr list(X509_CRL_new());
    X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.certificate()));
    X509_CRL_set1_lastUpdate(list.get(), timeOf(produced).get());
    X509_CRL_set1_nextUpdate(list.get(), timeOf(nextUpdate).get());
    for (const Identity &one : withdrawn) {
        X509_REVOKED *entry = X509_REVOKED_new();
        X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(one.certificate()));
        X509_REVOKED_set_revocationDate(entry, timeOf(produced.addDays(-1)).get());
        X509_CRL_add0_revoked(list.get(), entry);
    }
    X509_CRL_sort(list.get());
    X509_CRL_sign(list.get(), signer.key(), EVP_sha256());
    return derOf<X509_CRL>(list.get(), i2d_X509_CRL);
}

} // namespace cockpit::lab
