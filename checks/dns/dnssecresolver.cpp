#include "checks/dns/dnssecresolver.h"

#include "checks/net/dnsreport.h"
#include "checks/net/extendederror.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dnssec)
};

constexpr int kEffortMinutes = 30;

// One that forwards without checking would answer as well.
bool hasCheckedWell(const DnssecFacts &facts)
{
    const bool isSigned = !facts.ds.records(RrType::Ds).empty();
    return facts.second && *facts.second && (*facts.second)->status == DnsStatus::Answered &&
           ((*facts.second)->authenticData || !isSigned);
}

bool failsElsewhere(const DnssecFacts &facts)
{
    return facts.second && *facts.second && (*facts.second)->status == DnsStatus::ServFail;
}

// What the resolver says of the signatures, to be set behind a sentence. Empty when it says nothing.
QString reasonGiven(const DnsAnswer &plain)
{
    const auto blaming = std::ranges::find_if(plain.extendedErrors, blamesSignatures);
    return blaming == plain.extendedErrors.end() ? QString() : u' ' + sentenceOf(*blaming);
}

} // namespace

bool refusesForSignatures(const Result<DnsAnswer> &plain)
{
    return plain && plain->status == DnsStatus::ServFail &&
           (plain->extendedErrors.empty() || std::ranges::any_of(plain->extendedErrors, blamesSignatures));
}

QString whyResolverIsUnknown(const DnssecFacts &facts)
{
    if (!facts.plain)
        return facts.plain.error().message;
    if (refusesForSignatures(facts.plain))
        return {}; // known well enough
    const bool isAnswer = facts.plain->status == DnsStatus::Answered || facts.plain->status == DnsStatus::NoData;
    return isAnswer ? QString() : sentenceOf({.name = facts.domain, .type = RrType::Soa}, *facts.plain);
}

// That is what the users of the resolver meet, also where our own look at the chain below the registry finds no fault.
void judgeResolver(const DnssecFacts &facts, std::vector<Finding> &findings)
{
    if (!refusesForSignatures(facts.plain))
        return;
    const QString reason = reasonGiven(*facts.plain);
    const auto broken =
        std::ranges::find_if(findings, [](const Finding &f) { return f.severity == Severity::Critical; });
    if (broken != findings.end()) {
        broken->whatWeSaw += reason;
        return;
    }
    Finding refused = dnsFinding(
        u"resolver_refuses"_s, Severity::Critical, Impact::Downtime,
        Text::tr("A resolver that checks signatures refuses the domain"),
        Text::tr("Asked for %1, the resolver fails; told not to check signatures, it answers.").arg(facts.domain) +
            reason);
    refused.effortMinutes = kEffortMinutes;
    refused.proof = Proof::Strong; // its word, or another one's, and its behaviour; the fault may lie above the domain
    if (reason.isEmpty() && !failsElsewhere(facts)) {
        refused.severity = Severity::High;
        refused.proof = Proof::Lead; // its servers may have failed it in that moment
    }
    if (hasCheckedWell(facts)) {
        refused.severity = Severity::Low;
        refused.proof = Proof::Lead;
        refused.whatWeSaw += u' ' + Text::tr("Another resolver answers, and the signatures hold as far as they could "
                                             "be checked here: look at the clock and the trust anchor of the resolver "
                                             "of your network.");
    }
    findings.push_back(std::move(refused));
}

} // namespace cockpit
