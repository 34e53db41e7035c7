#include "checks/net/chainverdict.h"

#include "checks/net/certificate.h"

#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct PathResult
{
    int error = X509_V_OK;
    X509 *top = nullptr; // where the path ended
    int depth = 0;
};

PathResult buildPath(std::span<X509 *const> sent, X509_STORE *roots, const std::optional<QDateTime> &at,
                     unsigned long flags = 0)
{
    const CertificateListPtr untrusted(sk_X509_new_null());
    for (X509 *x509 : sent)
        sk_X509_push(untrusted.get(), x509);
    const X509StoreContextPtr context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), roots, sent.front(), untrusted.get());
    X509_STORE_CTX_set_default(context.get(), "ssl_server");
    X509_STORE_CTX_set_flags(context.get(), flags);
    if (at)
        X509_STORE_CTX_set_time(context.get(), 0, at->toSecsSinceEpoch());
    if (X509_verify_cert(context.get()) == 1)
        return {};
    return {X509_STORE_CTX_get_error(context.get()), X509_STORE_CTX_get_current_cert(context.get()),
            X509_STORE_CTX_get_error_depth(context.get())};
}

// The beginning in which each certificate is signed by the next one, as RFC 5246 section 7.4.2 wanted and old clients
// still need. What follows is surplus, and harmless.
std::span<X509 *const> orderedPart(std::span<X509 *const> sent)
{
    std::size_t length = 1;
    while (length < sent.size() && X509_check_issued(sent[length], sent[length - 1]) == X509_V_OK)
        ++length;
    return sent.first(length);
}

// Authorities that sign for tests or for one service's inside, and whose roots no browser has. Seen from outside, a
// chain of theirs cannot be told from one with a missing link.
bool isKnownPrivateIssuer(const QString &issuer)
{
    static const std::array kMarks = {"CloudFlare Origin"_L1, "Kubernetes Ingress"_L1, "mkcert"_L1};
    return std::ranges::any_of(kMarks,
                               [&](QLatin1StringView mark) { return issuer.contains(mark, Qt::CaseInsensitive); });
}

// The path ends at a certificate whose issuer was neither sent nor is a root. A lone leaf, or one that says where its
// issuer can be fetched, is taken for a missing link; authorities of one's own seldom publish theirs.
ChainStatus issuerMissing(const PathResult &path)
{
    const Certificate top = readCertificate(path.top);
    if (isRehearsal(top) || isKnownPrivateIssuer(top.issuer))
        return ChainStatus::UntrustedRoot;
    return path.depth == 0 || !top.caIssuersUrl.isEmpty() ? ChainStatus::Incomplete : ChainStatus::UntrustedRoot;
}

ChainStatus statusFor(const PathResult &path)
{
    switch (path.error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return ChainStatus::Expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return ChainStatus::NotYetValid;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return ChainStatus::SelfSigned;
    case X509_V_ERR_CERT_REVOKED:
        return ChainStatus::Revoked;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return issuerMissing(path);
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED:
    case X509_V_ERR_CERT_REJECTED:
        return ChainStatus::UntrustedRoot;
    default: // some seventy others, all of them looked for once there is a path to a root
        return ChainStatus::Unusable;
    }
}

QString wordsFor(int error)
{
    return QString::fromLatin1(X509_verify_cert_error_string(error));
}

} // namespace

ChainVerdict judgeChain(std::span<X509 *const> sent, X509_STORE *roots, const std::optional<QDateTime> &at)
{
    const PathResult whole = buildPath(sent, roots, at);
    if (whole.error != X509_V_OK)
        return {statusFor(whole), wordsFor(whole.error)};
    const PathResult ordered = buildPath(orderedPart(sent), roots, at);
    if (ordered.error != X509_V_OK)
        return {ChainStatus::WrongOrder, wordsFor(ordered.error)};
    return {};
}

bool isRehearsal(const Certificate &certificate)
{
    return certificate.issuer.contains("(STAGING)"_L1) || certificate.issuerOrganization.contains("(STAGING)"_L1) ||
           certificate.issuer.startsWith("Fake LE"_L1);
}

bool leadsTo(std::span<X509 *const> sent, X509_STORE *roots)
{
    return buildPath(sent, roots, {}, X509_V_FLAG_NO_CHECK_TIME).error == X509_V_OK;
}

} // namespace cockpit
