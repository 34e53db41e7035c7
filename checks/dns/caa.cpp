#include "checks/dns/caa.h"

#include "checks/dns/authorities.h"
#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"
#include "models/providers.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// The edge that renews the host's certificate on its own, by the owner of the address that answers.
QString edgeAt(const QString &address)
{
    for (const EdgeAuthorities &edge : knownAuthorities().edges) {
        const auto provider = std::ranges::find(knownProviders(), edge.providerId, &Provider::id);
        if (provider != knownProviders().end() && matchesAddress(provider->addresses, address))
            return edge.providerId;
    }
    return {};
}

Judged lookAtCaa(const Look &look)
{
    CaaFacts facts{.host = look.host->name};
    std::vector<DnsLookup> questions;
    for (const QString &name : caaClimb(look.host->name)) {
        facts.names.push_back(name);
        questions.push_back({.name = name, .type = RrType::Caa});
    }
    const auto session = look.seen.ask(TlsHandshake{look.host->name, look.host->httpsPort});
    if (*session && !(*session)->chain.empty()) {
        facts.certificate = (*session)->chain.front();
        facts.edgeProviderId = edgeAt((*session)->peer.ip);
    }
    std::vector<Evidence> evidence;
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < questions.size(); ++i) {
        facts.answers.push_back(*answers[i]);
        if (*answers[i] && (*answers[i])->status == DnsStatus::Answered)
            evidence.push_back(evidenceOf(questions[i], **answers[i]));
    }
    Judged judged = judgeCaa(facts);
    judged.evidence = evidence;
    for (Finding &finding : judged.findings)
        finding.evidence = evidence;
    return unlessMissing(std::move(judged), look.target.domain, look.seen);
}

} // namespace

Check caaCheck()
{
    return {.id = u"dns.caa"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {},
            .look = lookAtCaa};
}

} // namespace cockpit
