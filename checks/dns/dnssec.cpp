#include "checks/dns/dnssec.h"

#include "checks/dns/resolvers.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dnssec)
};

DnsLookup question(const QString &name, RrType type)
{
    return {.name = name, .type = type, .dnssecOk = true, .checkingDisabled = true};
}

bool isUsable(const DnsAnswer &answer)
{
    return answer.status == DnsStatus::Answered || answer.status == DnsStatus::NoData;
}

// Only a signed zone has hashed proofs, and most are not signed: asked for when there are keys.
Result<DnsAnswer> hashingOf(const QString &domain, const DnsAnswer &keys, const Look &look)
{
    if (keys.records(RrType::Dnskey).empty())
        return DnsAnswer();
    return *look.seen.ask(question(domain, RrType::Nsec3Param));
}

// One resolver may have an old trust anchor or a wrong clock.
std::optional<Result<DnsAnswer>> secondOpinion(DnsLookup question, const Result<DnsAnswer> &plain, const Look &look)
{
    const auto resolvers = resolversToCompare(look.seen.options());
    if (!refusesForSignatures(plain) || resolvers.size() < 2)
        return std::nullopt;
    question.server = resolvers[1].address;
    return *look.seen.ask(question);
}

Judged lookAtDnssec(const Look &look)
{
    const QString domain = look.target.domain;
    const std::vector<DnsLookup> questions{question(domain, RrType::Ds),
                                           question(domain, RrType::Dnskey),
                                           question(domain, RrType::Soa),
                                           {.name = domain, .type = RrType::Soa, .dnssecOk = true}};
    const auto answers = look.seen.askAll(questions);
    std::vector<Evidence> evidence;
    for (size_t i = 0; i < questions.size(); ++i) {
        if (*answers[i])
            evidence.push_back(evidenceOf(questions[i], **answers[i]));
        if (i + 1 == questions.size())
            break; // what the resolver makes of it is judged, whatever it is
        if (!*answers[i])
            return couldNotLook(answers[i]->error());
        if ((*answers[i])->status == DnsStatus::NxDomain)
            return notApplicable(Text::tr("%1 does not exist, so there is nothing to sign.").arg(domain));
        if (!isUsable(**answers[i]))
            return couldNotLook({ErrorKind::Unreachable, sentenceOf(questions[i], **answers[i]), {}});
    }
    Judged judged =
        judgeDnssec({domain, **answers[0], **answers[1], **answers[2], *answers[3], look.startedAt,
                     secondOpinion(questions[3], *answers[3], look), hashingOf(domain, **answers[1], look)});
    judged.evidence = std::move(evidence);
    return judged;
}

} // namespace

Check dnssecCheck()
{
    return {.id = u"dns.dnssec"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {},
            .look = lookAtDnssec};
}

} // namespace cockpit
