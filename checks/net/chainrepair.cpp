#include "checks/net/chainrepair.h"

#include "checks/engine/observations.h"
#include "checks/net/certificate.h"
#include "checks/net/chainverdict.h"
#include "checks/net/foreignget.h"
#include "checks/net/trustroots.h"
#include "checks/net/x509bytes.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/x509v3.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using BundlePtr = std::unique_ptr<PKCS7, FreeWith<PKCS7_free>>;

constexpr int kMostFetches = 4; // public chains have three certificates
constexpr qint64 kLongestCertificate = 64LL * 1024;

// The certificate at which the path ends, because its issuer is in neither list; null when it ends at a root.
X509 *openEnd(const std::vector<X509Ptr> &known)
{
    X509 *at = known.front().get();
    for (std::size_t steps = 0; steps < known.size(); ++steps) {
        if (X509_self_signed(at, 0) == 1)
            return nullptr;
        X509 *issuer = nullptr;
        for (const X509Ptr &candidate : known) {
            if (candidate.get() != at && X509_check_issued(candidate.get(), at) == X509_V_OK)
                issuer = candidate.get();
        }
        if (!issuer)
            return at;
        at = issuer;
    }
    return at;
}

bool isTrusted(const std::vector<X509Ptr> &known, X509_STORE *roots)
{
    const ChainStatus status = judgeChain(pointersTo(known), roots).status;
    return status == ChainStatus::Trusted || status == ChainStatus::WrongOrder; // who repairs sorts as well
}

} // namespace

QString toWord(RepairEnd end)
{
    switch (end) {
    case RepairEnd::Repaired:
        return u"repaired"_s;
    case RepairEnd::StillUntrusted:
        return u"still_untrusted"_s;
    case RepairEnd::NoPointer:
        return u"no_pointer"_s;
    case RepairEnd::CouldNotFetch:
        return u"could_not_fetch"_s;
    }
    Q_UNREACHABLE();
}

QByteArray certificateIn(const QByteArray &bytes)
{
    X509Ptr found = x509From(bytes);
    if (!found) {
        const BioPtr pem(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
        found.reset(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
    }
    if (!found) {
        const auto *at = reinterpret_cast<const unsigned char *>(bytes.constData());
        const BundlePtr bundle(d2i_PKCS7(nullptr, &at, bytes.size()));
        const bool isSigned = bundle && PKCS7_type_is_signed(bundle.get()) && bundle->d.sign;
        STACK_OF(X509) *inside = isSigned ? bundle->d.sign->cert : nullptr;
        if (inside && sk_X509_num(inside) > 0)
            found.reset(X509_dup(sk_X509_value(inside, 0)));
    }
    ERR_clear_error();
    return found ? readCertificate(found.get()).der : QByteArray();
}

QString RepairChain::key() const
{
    return u"%1|%2"_s.arg(host.toLower(), QString::number(port));
}

Result<ChainRepair> probe(const RepairChain &question, ProbeContext &context)
{
    const auto session = context.observations.ask(TlsHandshake{question.host, question.port});
    if (!*session)
        return tl::unexpected<Error>(session->error());
    const auto roots = context.observations.ask(TrustRoots{context.options.caFile});
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    std::vector<X509Ptr> known = certificatesFrom((*session)->chain);
    ChainRepair repair;
    if (known.empty())
        return repair;
    for (int fetches = 0; fetches <= kMostFetches; ++fetches) {
        if (isTrusted(known, (*roots)->get())) {
            repair.end = RepairEnd::Repaired;
            return repair;
        }
        X509 *end = openEnd(known);
        repair.end = end ? RepairEnd::NoPointer : RepairEnd::StillUntrusted;
        const QString url = end ? readCertificate(end).caIssuersUrl : QString();
        if (url.isEmpty())
            return repair;
        const auto fetched = context.observations.ask(ForeignGet{QUrl(url, QUrl::StrictMode), kLongestCertificate});
        X509Ptr issuer = *fetched ? x509From(certificateIn(**fetched)) : nullptr;
        if (!*fetched && fetched->error().kind == ErrorKind::Cancelled)
            return tl::unexpected<Error>(fetched->error());
        if (!issuer || X509_check_issued(issuer.get(), end) != X509_V_OK) {
            repair.end = RepairEnd::CouldNotFetch;
            repair.problem = *fetched ? QString() : fetched->error().message;
            return repair;
        }
        repair.fetched += readCertificate(issuer.get()).subject;
        known.push_back(std::move(issuer));
    }
    repair.end = RepairEnd::StillUntrusted;
    return repair;
}

} // namespace cockpit
