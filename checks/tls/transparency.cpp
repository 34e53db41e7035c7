#include "checks/tls/transparency.h"

#include "checks/dns/authorities.h"
#include "checks/dns/caa.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// In the handshake too: few servers do so, and then the certificate itself holds none.
void askHandshake(TransparencyFacts &facts, const TlsSession &session, const Look &look)
{
    auto endpoint = statusOf(session, look);
    if (endpoint)
        facts.scts = std::move(endpoint->scts);
    else
        facts.handshakeProblem = endpoint.error();
}

QStringList authoritiesOfEdge(const QString &providerId)
{
    const auto &edges = knownAuthorities().edges;
    const auto edge = std::ranges::find(edges, providerId, &EdgeAuthorities::providerId);
    return edge == edges.end() ? QStringList() : edge->authorityIds;
}

// The issuers of the product's other hosts are as expected as the host's own.
QStringList authoritiesInUse(const Look &look)
{
    QStringList ids;
    for (const Host &host : look.target.hosts) {
        const auto session = look.seen.ask(TlsHandshake{host.name, host.httpsPort});
        if (host.role == HostRole::Mail || !*session || (*session)->chain.empty())
            continue;
        const auto *authority = knownAuthorities().byOrganization((*session)->chain.front().issuerOrganization);
        if (authority && (*session)->chainStatus == ChainStatus::Trusted)
            ids += authority->id;
    }
    return ids;
}

void askLogs(TransparencyFacts &facts, const Look &look)
{
    const CaaFacts caa = askCaa(look);
    facts.expectedAuthorities = authoritiesOfEdge(caa.edgeProviderId) + authoritiesInUse(look);
    facts.allowedByCaa = rulesIn(caa).issuers;
    facts.logged = *look.seen.ask(LoggedCertificates{look.target.domain, look.startedAt});
}

Judged lookAtTransparency(const Look &look)
{
    const auto session = sessionFor(look);
    if (!session)
        return session.error();
    const auto trust = look.seen.ask(HostTrust{look.host->name, look.host->httpsPort});
    if (!*trust)
        return couldNotLook(trust->error());
    const Certificate &leaf = session->chain.front();
    TransparencyFacts facts{.leaf = leaf, .trust = **trust, .scts = readFields(leaf.der).scts};
    if (facts.trust == TrustKind::Public) {
        askHandshake(facts, *session, look);
        askLogs(facts, look);
    }
    Judged judged = judgeTransparency(*look.host, facts, look.startedAt);
    judged.evidence.insert(judged.evidence.begin(), chainEvidence(*session));
    for (Finding &finding : judged.findings)
        finding.evidence.insert(finding.evidence.begin(), chainEvidence(*session));
    return judged;
}

} // namespace

Check tlsTransparency()
{
    return {.id = u"tls.transparency"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::BrokenLogin, Impact::AccountTakeover},
            .needs = {},
            .look = &lookAtTransparency};
}

} // namespace cockpit
