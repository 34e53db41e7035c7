#include "checks/mail/mtasts.h"

#include "checks/mail/extrarecord.h"
#include "checks/mail/mailintent.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MtaSts)
};

constexpr auto kId = "mail.mta-sts"_L1;

// As they stand there: also hosts that have no address, because senders hold the policy against the name.
QStringList namesIn(const DnsAnswer &mx)
{
    QStringList hosts;
    for (const DnsRecord &record : mx.records(RrType::Mx)) {
        if (!record.target.isEmpty())
            hosts << record.target;
    }
    return hosts;
}

Evidence evidenceOf(const HttpResponse &response)
{
    constexpr qsizetype mostLines = 40;
    QStringList lines{response.head(), {}};
    for (const QByteArray &line : response.body.split('\n').first(std::min(mostLines, response.body.count('\n') + 1)))
        lines << shownText(line.trimmed(), 200);
    return {u"GET "_s + response.url.toString(), lines.join(u'\n')};
}

Judged lookNow(const Look &look, const std::optional<StsMemory> &known)
{
    const QString domain = look.target.domain;
    const std::vector<DnsLookup> questions{stsRecordQuestion(domain), {.name = domain, .type = RrType::Mx}};
    const auto answers = look.seen.askAll(questions);
    if (!*answers[0])
        return couldNotLook(answers[0]->error());
    // Without the servers' names there is nothing to hold the policy against: "none" would be a guess.
    if (const auto gap = gapIn(questions[1], *answers[1]))
        return couldNotLook(*gap);
    if (saysItTakesNoMail(domain, look.seen))
        return notApplicable(Text::tr("%1 takes no mail, so it needs no policy for it.").arg(domain));
    MtaStsFacts facts{domain, **answers[0], namesIn(**answers[1]), std::nullopt, known, look.startedAt};
    const ExtraRecord record = readExtraRecord(facts.record, kStsVersion);
    if (record.state == ExtraState::One && parseStsRecord(record.text))
        facts.policy = *look.seen.ask(stsPolicyQuestion(domain));
    if (facts.policy && !*facts.policy && isNoFact(facts.policy->error()))
        return couldNotLook(facts.policy->error());
    std::vector<Evidence> evidence{evidenceOf(questions[0], facts.record)};
    if (facts.policy && *facts.policy)
        evidence.push_back(evidenceOf(**facts.policy));
    return provenExtra(judgeMtaSts(facts), std::move(evidence), domain, look.seen);
}

Judged lookAtMtaSts(const Look &look)
{
    const auto before = look.facts.observedBefore.find(QString(kId));
    const auto known = before == look.facts.observedBefore.end() ? std::nullopt : stsMemoryIn(before->second);
    Judged judged = lookNow(look, known);
    // What is known outlives a look at which the policy, or the record, was not to be had.
    if (known && !stsMemoryIn(judged.observed))
        remember(*known, judged.observed);
    return judged;
}

} // namespace

Check mtaStsCheck()
{
    return {.id = QString(kId),
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {},
            .look = lookAtMtaSts};
}

} // namespace cockpit
