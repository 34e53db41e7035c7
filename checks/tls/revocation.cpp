#include "checks/tls/revocation.h"

#include "checks/net/foreignget.h"

#include <QUrl>

#include <algorithm>
#include <span>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A large authority's list for one of its shards has a few megabytes.
constexpr qint64 kListCap = 8LL * 1024 * 1024;
constexpr qint64 kOcspCap = 64LL * 1024;

// RFC 6960 appendix A.1: the request stands behind the address, in Base64 and percent-encoded.
QUrl ocspUrl(const QString &base, const QByteArray &request)
{
    const QByteArray encoded = QUrl::toPercentEncoding(QString::fromLatin1(request.toBase64()));
    return QUrl::fromEncoded((base + (base.endsWith(u'/') ? u""_s : u"/"_s)).toUtf8() + encoded, QUrl::StrictMode);
}

void askIssuer(RevocationFacts &facts, const QByteArray &issuer, const Look &look)
{
    const auto readWith = [&](auto read, const Result<QByteArray> &body) -> Result<RevocationAnswer> {
        if (!body)
            return tl::unexpected<Error>(body.error());
        return read(*body, facts.leaf.der, issuer, look.startedAt);
    };
    if (!facts.fields.ocspUrl.isEmpty()) {
        const QUrl url = ocspUrl(facts.fields.ocspUrl, ocspRequest(facts.leaf.der, issuer));
        facts.fetched = readWith(readOcsp, *look.seen.ask(ForeignGet{url, kOcspCap}));
    }
    const bool hasWord = facts.fetched && *facts.fetched && (*facts.fetched)->word != RevocationWord::Unknown;
    if (!hasWord && !facts.fields.crlUrls.isEmpty()) {
        const QUrl url(facts.fields.crlUrls.front(), QUrl::StrictMode);
        facts.fetched = readWith(readCrl, *look.seen.ask(ForeignGet{url, kListCap}));
        facts.isFromList = true;
    }
}

void askForStaple(RevocationFacts &facts, const TlsSession &session, const QByteArray &issuer, const Look &look)
{
    const auto endpoint = statusOf(session, look);
    if (!endpoint)
        facts.staplingUnknown = endpoint.error();
    else if (!endpoint->staple.isEmpty())
        facts.staple = readOcsp(endpoint->staple, facts.leaf.der, issuer, look.startedAt);
}

// Among what was sent; the order is judged elsewhere.
QByteArray issuerIn(const TlsSession &session)
{
    const Certificate &leaf = session.chain.front();
    const auto rest = std::span(session.chain).subspan(1);
    const auto it = std::ranges::find(rest, leaf.issuer, &Certificate::subject);
    return it == rest.end() ? QByteArray() : it->der;
}

Judged lookAtRevocation(const Look &look)
{
    const auto session = sessionFor(look);
    if (!session)
        return session.error();
    const auto trust = look.seen.ask(HostTrust{look.host->name, look.host->httpsPort});
    if (!*trust)
        return couldNotLook(trust->error());
    const QByteArray issuer = issuerIn(*session);
    RevocationFacts facts{.leaf = session->chain.front(),
                          .fields = readFields(session->chain.front().der),
                          .trust = **trust,
                          .hasIssuer = !issuer.isEmpty()};
    askForStaple(facts, *session, issuer, look);
    const bool hasWord = facts.staple && *facts.staple;
    if (facts.hasIssuer && !hasWord && look.startedAt < facts.leaf.notAfter)
        askIssuer(facts, issuer, look);
    Judged judged = judgeRevocation(*look.host, facts, look.startedAt);
    judged.evidence = {chainEvidence(*session)};
    return judged;
}

} // namespace

Check tlsRevocation()
{
    return {.id = u"tls.revocation"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::BrokenLogin, Impact::Maintainability},
            .needs = {},
            .look = &lookAtRevocation};
}

} // namespace cockpit
