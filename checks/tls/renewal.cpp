#include "checks/tls/renewal.h"

#include "checks/dns/authorities.h"
#include "checks/dns/caa.h"
#include "checks/net/dnsclient.h"
#include "models/checkresult.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QStringList aliasesOf(const Look &look)
{
    if (look.seen.options().connectOverrideFor(look.host->name, look.host->httpsPort))
        return {}; // somebody looks at another place than the one that the DNS knows
    const auto answer = look.seen.ask(DnsLookup{.name = look.host->name});
    return *answer ? (*answer)->cnameChain() : QStringList();
}

std::optional<Result<SuggestedWindow>> suggestionFor(const Certificate &leaf, const Look &look)
{
    const KnownAuthority *authority = knownAuthorities().byOrganization(leaf.issuerOrganization);
    const QString id = renewalId(readFields(leaf.der));
    if (!authority || authority->acmeDirectory.isEmpty() || id.isEmpty() || look.startedAt >= leaf.notAfter)
        return std::nullopt;
    return *look.seen.ask(RenewalWindow{authority->acmeDirectory, id});
}

QJsonObject observedBefore(const Look &look)
{
    const CheckResult same{.checkId = u"tls.renewal"_s, .host = look.host->name};
    const auto it = look.facts.observedBefore.find(same.key());
    return it == look.facts.observedBefore.end() ? QJsonObject() : it->second;
}

Judged lookAtRenewal(const Look &look)
{
    const auto session = sessionFor(look);
    if (!session)
        return session.error();
    const auto trust = look.seen.ask(HostTrust{look.host->name, look.host->httpsPort});
    if (!*trust)
        return couldNotLook(trust->error());
    const Certificate &leaf = session->chain.front();
    RenewalFacts facts{.leaf = leaf, .trust = **trust, .before = observedBefore(look)};
    facts.owner = guessRenewalOwner(leaf, facts.trust, aliasesOf(look), session->peer.ip);
    if (facts.trust != TrustKind::Private) {
        facts.suggested = suggestionFor(leaf, look);
        facts.caaAllows = rulesIn(askCaa(look)).mayRenew;
    }
    Judged judged = judgeRenewal(*look.host, facts, look.startedAt);
    judged.evidence = {chainEvidence(*session)};
    return judged;
}

} // namespace

Check tlsRenewal()
{
    return {.id = u"tls.renewal"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::BrokenLogin, Impact::Maintainability},
            .needs = {},
            .look = &lookAtRenewal};
}

} // namespace cockpit
