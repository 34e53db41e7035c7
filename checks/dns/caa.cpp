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

std::vector<DnsLookup> questionsFor(const QString &host)
{
    std::vector<DnsLookup> questions;
    for (const QString &name : caaClimb(host))
        questions.push_back({.name = name, .type = RrType::Caa});
    return questions;
}

Judged lookAtCaa(const Look &look)
{
    const CaaFacts facts = askCaa(look);
    const auto questions = questionsFor(look.host->name);
    std::vector<Evidence> evidence;
    for (size_t i = 0; i < questions.size(); ++i) {
        const Result<DnsAnswer> &answer = facts.answers[i];
        if (answer && answer->status == DnsStatus::Answered)
            evidence.push_back(evidenceOf(questions[i], *answer));
    }
    Judged judged = judgeCaa(facts);
    judged.evidence = std::move(evidence);
    return unlessMissing(std::move(judged), look.target.domain, look.seen);
}

} // namespace

CaaFacts askCaa(const Look &look)
{
    CaaFacts facts{.host = look.host->name};
    for (const QString &name : caaClimb(look.host->name))
        facts.names.push_back(name);
    const auto session = look.seen.ask(TlsHandshake{look.host->name, look.host->httpsPort});
    if (*session && !(*session)->chain.empty()) {
        facts.certificate = (*session)->chain.front();
        facts.edgeProviderId = edgeAt((*session)->peer.ip);
    }
    const auto answers = look.seen.askAll(questionsFor(look.host->name));
    facts.answers.reserve(answers.size());
    for (const auto &answer : answers)
        facts.answers.push_back(*answer);
    return facts;
}

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
