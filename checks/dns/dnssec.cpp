#include "checks/dns/dnssec.h"

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

Judged lookAtDnssec(const Look &look)
{
    const QString domain = look.target.domain;
    const std::vector<DnsLookup> questions{question(domain, RrType::Ds),
                                           question(domain, RrType::Dnskey),
                                           question(domain, RrType::Soa),
                                           {.name = domain, .type = RrType::Soa, .dnssecOk = true}};
    const auto answers = look.seen.askAll(questions);
    std::vector<Evidence> evidence;
    for (size_t i = 0; i < questions.size() - 1; ++i) {
        if (!*answers[i])
            return couldNotLook(answers[i]->error());
        evidence.push_back(evidenceOf(questions[i], **answers[i]));
        if ((*answers[i])->status == DnsStatus::NxDomain)
            return notApplicable(Text::tr("%1 does not exist, so there is nothing to sign.").arg(domain));
        if (!isUsable(**answers[i]))
            return couldNotLook({ErrorKind::Unreachable, sentenceOf(questions[i], (*answers[i])->status), {}});
    }
    Judged judged = judgeDnssec({domain, **answers[0], **answers[1], **answers[2], *answers[3], look.startedAt});
    judged.evidence = evidence;
    for (Finding &finding : judged.findings)
        finding.evidence = evidence;
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
