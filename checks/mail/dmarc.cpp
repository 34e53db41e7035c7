#include "checks/mail/dmarc.h"

#include "checks/mail/bulksenders.h"
#include "checks/mail/mailintent.h"
#include "checks/net/dnsname.h"
#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"
#include "models/publicsuffix.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

DnsLookup txtAt(const QString &name)
{
    return {.name = name, .type = RrType::Txt};
}

QList<QByteArray> textsOf(const Result<DnsAnswer> &answer)
{
    QList<QByteArray> texts;
    if (answer) {
        for (const DnsRecord &record : answer->records(RrType::Txt))
            texts << record.text;
    }
    std::ranges::sort(texts);
    return texts;
}

// The domain itself and a name that nobody made are asked beside the way up: the one for a record in the wrong place,
// the other for a wildcard, which answers at _dmarc as well.
void lookBeside(const Result<DnsAnswer> &own, const Result<DnsAnswer> &apex, const Result<DnsAnswer> &random,
                DmarcFacts &facts)
{
    const QList<QByteArray> atApex = textsOf(apex);
    const auto stray = std::ranges::find_if(atApex, isDmarcRecord);
    if (stray != atApex.end())
        facts.strayRecord = *stray;
    const QList<QByteArray> atRandom = textsOf(random);
    facts.isByWildcard = !atRandom.isEmpty() && atRandom == textsOf(own);
}

// Whoever sends a lot of mail mostly does so from a name below the domain. Told where there is no policy at all.
void addServicesBelow(const Look &look, QStringList &services)
{
    const auto inventory = look.facts.observedBefore.find(u"dns.inventory"_s);
    services << bulkServicesBelow(look.target.domain,
                                  inventory == look.facts.observedBefore.end() ? QJsonObject() : inventory->second,
                                  look.seen);
    services.removeDuplicates();
}

Judged lookAtDmarc(const Look &look)
{
    const QString domain = look.target.domain;
    std::vector<DnsLookup> questions = dmarcQuestions(domain);
    const std::size_t levels = questions.size();
    questions.push_back(txtAt(domain));
    questions.push_back(txtAt(randomLabel() + u'.' + domain));
    const auto answers = look.seen.askAll(questions);
    if (!*answers.front())
        return dmarcNotRead(answers.front()->error());

    DmarcFacts facts;
    facts.levels = askForLevels(domain, look.seen); // remembered
    std::vector<Evidence> evidence;
    for (std::size_t i = 0; i < levels; ++i) {
        if (*answers[i])
            evidence.push_back(evidenceOf(questions[i], **answers[i]));
    }
    lookBeside(*answers.front(), *answers[answers.size() - 2], *answers.back(), facts);
    facts.bulkServices = bulkServicesIn(*answers[answers.size() - 2]);
    facts.publicSuffixDomain = registrableDomain(domain);
    facts.isPublicSuffix = isPublicSuffix(domain);
    facts.sendsNoMail = saysItSendsNoMail(domain, look.seen).value_or(false) || saysItTakesNoMail(domain, look.seen);
    if (const DmarcDiscovery found = discoverByTreeWalk(facts.levels); found.level)
        facts.receivers = lookAtDmarcReceivers(found, domain, look.seen);
    else
        addServicesBelow(look, facts.bulkServices);

    Judged judged = judgeDmarc(facts);
    evidence.insert(evidence.begin(), judged.evidence.begin(), judged.evidence.end());
    judged.evidence = std::move(evidence);
    return unlessMissing(std::move(judged), domain, look.seen);
}

} // namespace

Check dmarcCheck()
{
    return {.id = u"mail.dmarc"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {},
            .look = lookAtDmarc};
}

} // namespace cockpit
