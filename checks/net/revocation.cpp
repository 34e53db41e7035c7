#include "checks/net/revocation.h"

#include "checks/net/trustroots.h"
#include "checks/net/x509bytes.h"

#include <QCoreApplication>

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Revocation)
};

using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, FreeWith<OCSP_RESPONSE_free>>;
using BasicResponsePtr = std::unique_ptr<OCSP_BASICRESP, FreeWith<OCSP_BASICRESP_free>>;
using RequestPtr = std::unique_ptr<OCSP_REQUEST, FreeWith<OCSP_REQUEST_free>>;
using CertIdPtr = std::unique_ptr<OCSP_CERTID, FreeWith<OCSP_CERTID_free>>;
using CrlPtr = std::unique_ptr<X509_CRL, FreeWith<X509_CRL_free>>;

constexpr qint64 kClockSlack = 5LL * 60; // seconds by which clocks may differ

tl::unexpected<Error> unusable(const QString &why)
{
    const QString detail = takeOpenSslError();
    return failure(ErrorKind::Protocol, why, detail);
}

bool isCurrent(const RevocationAnswer &answer, const QDateTime &now)
{
    return answer.produced.isValid() && answer.produced <= now.addSecs(kClockSlack) &&
           (!answer.nextUpdate.isValid() || now <= answer.nextUpdate.addSecs(kClockSlack));
}

// Signed by the issuer itself, or by a responder whose certificate it signed for that purpose (section 4.2.2.2).
bool isSigned(OCSP_BASICRESP *basic, X509 *issuer)
{
    const X509StorePtr store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), issuer);
    X509_VERIFY_PARAM_set_flags(X509_STORE_get0_param(store.get()),
                                X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
    const CertificateListPtr known(sk_X509_new_null());
    sk_X509_push(known.get(), issuer);
    return OCSP_basic_verify(basic, known.get(), store.get(), 0) == 1;
}

RevocationWord wordFor(int status)
{
    switch (status) {
    case V_OCSP_CERTSTATUS_GOOD:
        return RevocationWord::Good;
    case V_OCSP_CERTSTATUS_REVOKED:
        return RevocationWord::Revoked;
    default: // a number from the wire
        return RevocationWord::Unknown;
    }
}

std::optional<RevocationAnswer> statusIn(OCSP_BASICRESP *basic, X509 *leaf, X509 *issuer)
{
    const EVP_MD *hashes[] = {EVP_sha1(), EVP_sha256()}; // authorities use the first; RFC 6960 allows others
    for (const EVP_MD *hash : hashes) {
        const CertIdPtr id(OCSP_cert_to_id(hash, leaf, issuer));
        int status = V_OCSP_CERTSTATUS_UNKNOWN;
        ASN1_GENERALIZEDTIME *revoked = nullptr;
        ASN1_GENERALIZEDTIME *produced = nullptr;
        ASN1_GENERALIZEDTIME *next = nullptr;
        if (OCSP_resp_find_status(basic, id.get(), &status, nullptr, &revoked, &produced, &next) == 1)
            return RevocationAnswer{wordFor(status), timeOf(revoked), timeOf(produced), timeOf(next)};
    }
    return std::nullopt;
}

CrlPtr listIn(const QByteArray &bytes)
{
    const auto *at = reinterpret_cast<const unsigned char *>(bytes.constData());
    CrlPtr list(d2i_X509_CRL(nullptr, &at, bytes.size()));
    if (!list) {
        const BioPtr pem(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
        list.reset(PEM_read_bio_X509_CRL(pem.get(), nullptr, nullptr, nullptr));
    }
    ERR_clear_error();
    return list;
}

} // namespace

Result<RevocationAnswer> readOcsp(const QByteArray &response, const QByteArray &leafDer, const QByteArray &issuerDer,
                                  const QDateTime &now)
{
    const X509Ptr leaf = x509From(leafDer);
    const X509Ptr issuer = x509From(issuerDer);
    const auto *at = reinterpret_cast<const unsigned char *>(response.constData());
    const ResponsePtr outer(d2i_OCSP_RESPONSE(nullptr, &at, response.size()));
    if (!leaf || !issuer || !outer)
        return unusable(Text::tr("The answer on revocation cannot be read."));
    if (OCSP_response_status(outer.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return unusable(Text::tr("The issuer's service for revocation gave no answer about this certificate."));
    const BasicResponsePtr basic(OCSP_response_get1_basic(outer.get()));
    if (!basic || !isSigned(basic.get(), issuer.get()))
        return unusable(Text::tr("The answer on revocation is not signed by the issuer."));
    const auto answer = statusIn(basic.get(), leaf.get(), issuer.get());
    if (!answer)
        return unusable(Text::tr("The answer on revocation is about another certificate."));
    if (!isCurrent(*answer, now))
        return unusable(Text::tr("The answer on revocation is out of date."));
    return *answer;
}

Result<RevocationAnswer> readCrl(const QByteArray &bytes, const QByteArray &leafDer, const QByteArray &issuerDer,
                                 const QDateTime &now)
{
    const X509Ptr leaf = x509From(leafDer);
    const X509Ptr issuer = x509From(issuerDer);
    const CrlPtr list = listIn(bytes);
    if (!leaf || !issuer || !list)
        return unusable(Text::tr("The list of withdrawn certificates cannot be read."));
    if (X509_CRL_verify(list.get(), X509_get0_pubkey(issuer.get())) != 1)
        return unusable(Text::tr("The list of withdrawn certificates is not signed by the issuer."));
    RevocationAnswer answer{.word = RevocationWord::Good,
                            .produced = timeOf(X509_CRL_get0_lastUpdate(list.get())),
                            .nextUpdate = timeOf(X509_CRL_get0_nextUpdate(list.get()))};
    if (!isCurrent(answer, now))
        return unusable(Text::tr("The list of withdrawn certificates is out of date."));
    X509_REVOKED *entry = nullptr;
    // 2 is an entry that was taken back (removeFromCRL).
    if (X509_CRL_get0_by_cert(list.get(), &entry, leaf.get()) == 1) {
        answer.word = RevocationWord::Revoked;
        answer.at = timeOf(X509_REVOKED_get0_revocationDate(entry));
    }
    return answer;
}

QByteArray ocspRequest(const QByteArray &leafDer, const QByteArray &issuerDer)
{
    const X509Ptr leaf = x509From(leafDer);
    const X509Ptr issuer = x509From(issuerDer);
    if (!leaf || !issuer)
        return {};
    const RequestPtr request(OCSP_REQUEST_new());
    CertIdPtr id(OCSP_cert_to_id(EVP_sha1(), leaf.get(), issuer.get()));
    if (id && OCSP_request_add0_id(request.get(), id.get()))
        static_cast<void>(id.release()); // owned by the request now
    unsigned char *der = nullptr;
    const int size = i2d_OCSP_REQUEST(request.get(), &der);
    QByteArray bytes(reinterpret_cast<const char *>(der), std::max(size, 0));
    OPENSSL_free(der);
    return bytes;
}

} // namespace cockpit
