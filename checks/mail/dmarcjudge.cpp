#include "checks/mail/dmarc.h"

#include "checks/mail/dmarceffect.h"
#include "checks/mail/dmarcfindings.h"
#include "checks/mail/dmarcreportfindings.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dmarc)
};

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

} // namespace

Judged dmarcNotRead(const Error &error)
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
    leaveOpen(judged, dmarcReportGap(facts));
    return judged;
}

} // namespace cockpit
