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

} // namespace

bool refusesForSignatures(const Result<DnsAnswer> &plain)
{
    return plain && plain->status == DnsStatus::ServFail &&
           std::ranges::any_of(plain->extendedErrors, blamesSignatures);
}

// A resolver that checks signatures answers with a failure and says that they are the reason; asked not to check (the
// CD bit), it answered. That is what its users meet, also where our own look at the chain below the registry finds no
// fault.
void judgeResolver(const DnssecFacts &facts, std::vector<Finding> &findings)
{
    if (!refusesForSignatures(facts.plain))
        return;
    const auto blaming = std::ranges::find_if(facts.plain->extendedErrors, blamesSignatures);
    const auto broken =
        std::ranges::find_if(findings, [](const Finding &f) { return f.severity == Severity::Critical; });
    if (broken != findings.end()) {
        broken->whatWeSaw += u' ' + sentenceOf(*blaming);
        return;
    }
    Finding refused = dnsFinding(
        u"resolver_refuses"_s, Severity::Critical, Impact::Downtime,
        Text::tr("A resolver that checks signatures refuses the domain"),
        Text::tr("Asked for %1, the resolver fails; told not to check signatures, it answers.").arg(facts.domain) +
            u' ' + sentenceOf(*blaming));
    refused.effortMinutes = kEffortMinutes;
    refused.proof = Proof::Strong; // its word and its behaviour; the fault may lie above the domain
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
