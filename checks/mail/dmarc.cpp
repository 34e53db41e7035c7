#include "checks/mail/dmarc.h"

#include "checks/mail/dmarceffect.h"
#include "checks/mail/dmarcfindings.h"
#include "checks/mail/mailintent.h"
#include "checks/net/dnsname.h"
#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dmarc)
};

DnsLookup txtAt(const QString &name)
{
    return {.name = name, .type = RrType::Txt};
}

QString statusOf(const DmarcFacts &facts, const DmarcDiscovery &found)
{
    const DmarcLevelState own = facts.levels.front().state;
    if (undecidedLevel(facts.levels, facts.publicSuffixDomain))
        return u"temperror"_s;
    if (own == DmarcLevelState::Multiple || own == DmarcLevelState::Invalid)
        return u"invalid"_s;
    return found.level ? u"valid"_s : u"none"_s;
}

QJsonValue jsonOf(const std::optional<DmarcPolicy> &policy)
{
    return policy ? toWord(*policy) : QJsonValue();
}

QJsonObject jsonOf(const DmarcPolicies &policies)
{
    return {{u"apex"_s, jsonOf(policies.apex)},
            {u"subdomain"_s, jsonOf(policies.subdomain)},
            {u"nonexistent"_s, jsonOf(policies.nonexistent)}};
}

QJsonObject oldStandardOf(const DmarcFacts &facts)
{
    const DmarcDiscovery old = discoverBySuffixList(facts.levels, facts.publicSuffixDomain);
    const DmarcPolicies policies = oldPoliciesOf(facts.levels, facts.publicSuffixDomain);
    return {{u"policy"_s, jsonOf(policies.apex)},
            {u"subdomain"_s, jsonOf(policies.subdomain)},
            {u"percentage"_s, old.level ? old.level->oldRecord->percentage.value_or(100) : QJsonValue()},
            {u"organizational_domain"_s, old.organizationalDomain}};
}

QJsonArray disagreementsJson(const DmarcFacts &facts)
{
    QJsonArray words;
    for (const DmarcDisagreement &disagreement : disagreementsOf(facts.levels, facts.publicSuffixDomain))
        words.append(disagreement.word);
    return words;
}

QJsonObject observedOf(const DmarcFacts &facts, const DmarcDiscovery &found)
{
    const DmarcLevel &own = facts.levels.front();
    const QString status = statusOf(facts, found);
    const bool failed = status == "temperror"_L1;
    const DmarcPolicies policies = failed ? DmarcPolicies() : policiesOf(facts.levels);
    const QByteArray text = !own.texts.empty() ? own.texts.front()
                            : found.level      ? found.level->texts.front()
                                               : QByteArray();
    const auto lines = [](const QStringList &list) { return QJsonArray::fromStringList(list); };
    return {{u"status"_s, status},
            {u"record"_s, text.isEmpty() ? QJsonValue() : shownText(text, 4000)},
            {u"policy"_s, jsonOf(policies)},
            {u"organizational_domain"_s, found.organizationalDomain},
            {u"rfc7489"_s, oldStandardOf(facts)},
            {u"found_at"_s, found.level ? found.level->domain : QJsonValue()},
            {u"reports"_s, found.level ? lines(found.level->record->aggregateReports) : QJsonArray()},
            {u"effect"_s, failed ? QJsonArray() : lines(effectSentences(policies, own.domain))},
            {u"disagreements"_s, failed ? QJsonArray() : disagreementsJson(facts)},
            {u"notes"_s, found.level ? lines(found.level->record->notes) : QJsonArray()}};
}

QString summaryOf(const DmarcFacts &facts, const DmarcDiscovery &found)
{
    if (statusOf(facts, found) != "valid"_L1)
        return facts.levels.front().texts.empty() ? Text::tr("No DMARC policy")
                                                  : Text::tr("The DMARC record is not usable");
    const DmarcPolicies policies = policiesOf(facts.levels);
    const auto word = [](const std::optional<DmarcPolicy> &policy) {
        return policy ? toWord(*policy) : Text::tr("no policy");
    };
    return Text::tr("Fakes from the domain: %1, from subdomains: %2, from made-up subdomains: %3")
        .arg(word(policies.apex), word(policies.subdomain), word(policies.nonexistent));
}

// What receivers do, in sentences, and where they do not all do the same.
Evidence effectOf(const DmarcFacts &facts, const DmarcDiscovery &found)
{
    QStringList lines = effectSentences(policiesOf(facts.levels), facts.levels.front().domain);
    for (const DmarcDisagreement &disagreement : disagreementsOf(facts.levels, facts.publicSuffixDomain))
        lines << disagreement.sentence;
    if (found.level)
        lines << found.level->record->notes;
    return {Text::tr("What receivers do with fakes"), lines.join(u'\n')};
}

// The facts that other programs read are there all the same, without values.
Judged couldNotRead(const Error &error)
{
    Judged judged = couldNotLook(error);
    if (judged.outcome == Outcome::Error) {
        judged.observed = {
            {u"status"_s, u"temperror"_s},
            {u"record"_s, QJsonValue()},
            {u"policy"_s, jsonOf(DmarcPolicies())},
            {u"organizational_domain"_s, QJsonValue()},
            {u"rfc7489"_s, QJsonObject{{u"policy"_s, QJsonValue()}, {u"organizational_domain"_s, QJsonValue()}}}};
    }
    return judged;
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

Judged lookAtDmarc(const Look &look)
{
    const QString domain = look.target.domain;
    std::vector<DnsLookup> questions = dmarcQuestions(domain);
    const std::size_t levels = questions.size();
    questions.push_back(txtAt(domain));
    questions.push_back(txtAt(randomLabel() + u'.' + domain));
    const auto answers = look.seen.askAll(questions);
    if (!*answers.front())
        return couldNotRead(answers.front()->error());

    DmarcFacts facts;
    facts.levels = askForLevels(domain, look.seen); // remembered
    std::vector<Evidence> evidence;
    for (std::size_t i = 0; i < levels; ++i) {
        if (*answers[i])
            evidence.push_back(evidenceOf(questions[i], **answers[i]));
    }
    lookBeside(*answers.front(), *answers[answers.size() - 2], *answers.back(), facts);
    facts.publicSuffixDomain = registrableDomain(domain);
    facts.isPublicSuffix = registrableDomain(u"x."_s + domain) == u"x."_s + domain;
    facts.sendsNoMail = saysItSendsNoMail(domain, look.seen) || saysItTakesNoMail(domain, look.seen);
    if (const DmarcDiscovery found = discoverByTreeWalk(facts.levels); found.level)
        facts.receivers = lookAtDmarcReceivers(found, domain, look.seen);

    Judged judged = judgeDmarc(facts);
    evidence.insert(evidence.begin(), judged.evidence.begin(), judged.evidence.end());
    for (Finding &finding : judged.findings)
        finding.evidence = evidence;
    judged.evidence = std::move(evidence);
    return unlessMissing(std::move(judged), domain, look.seen);
}

} // namespace

Judged judgeDmarc(const DmarcFacts &facts)
{
    const DmarcDiscovery found = discoverByTreeWalk(facts.levels);
    Judged judged;
    judged.observed = observedOf(facts, found);
    if (const DmarcLevel *failed = undecidedLevel(facts.levels, facts.publicSuffixDomain)) {
        judged.outcome = Outcome::Error;
        judged.reason = Text::tr("The DNS servers fail when asked for the DMARC record of %1.").arg(failed->domain);
        return judged;
    }
    judged.evidence.push_back(effectOf(facts, found));
    judged.findings = dmarcFindings(facts, found);
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = summaryOf(facts, found);
    return judged;
}

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
