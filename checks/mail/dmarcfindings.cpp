#include "checks/mail/dmarcfindings.h"

#include "checks/mail/bulksenders.h"
#include "checks/mail/dmarcdraft.h"
#include "checks/mail/dmarceffect.h"
#include "checks/mail/dmarcreportfindings.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DmarcFindings)
};

// Why nothing is at _dmarc, where the reason can be seen.
QString reasonFor(const DmarcFacts &facts)
{
    const DmarcLevel &own = facts.levels.front();
    if (!own.nearMiss.isEmpty()) {
        return Text::tr(
                   "_dmarc.%1 holds \"%2\", which receivers pass over: it has to start with exactly \"v=DMARC1;\".")
            .arg(own.domain, shownText(own.nearMiss, 200));
    }
    if (!facts.strayRecord.isEmpty()) {
        return Text::tr("The DMARC record stands at %1 itself (\"%2\"), where no receiver looks. It belongs to "
                        "_dmarc.%1.")
            .arg(own.domain, shownText(facts.strayRecord, 200));
    }
    if (!own.spf.isEmpty() && !facts.isByWildcard) {
        return Text::tr("_dmarc.%1 holds an SPF record (\"%2\") and no DMARC record. SPF belongs to %1 itself.")
            .arg(own.domain, shownText(own.spf, 200));
    }
    if (!own.alias.isEmpty())
        return Text::tr("_dmarc.%1 is an alias for %2, and nothing is there.").arg(own.domain, own.alias);
    return Text::tr("There is no DMARC record at _dmarc.%1, nor above it.").arg(own.domain);
}

// High, not critical: a missing policy lets others abuse the name and costs delivery, but by itself it opens no account
// and no data, and it is among the conditions of a launch, not among what must stop one.
Finding missing(const DmarcFacts &facts)
{
    return dmarcFinding(u"missing"_s, Severity::High, Text::tr("Anyone can send mail as you"), reasonFor(facts),
                        firstDmarcRecord(facts.levels.front().domain, facts.sendsNoMail));
}

bool isBroken(const DmarcLevel &level)
{
    return level.state == DmarcLevelState::Multiple || level.state == DmarcLevelState::Invalid;
}

Finding unusable(const DmarcLevel &level, bool sendsNoMail)
{
    const QString paste = firstDmarcRecord(level.domain, sendsNoMail);
    if (level.state == DmarcLevelState::Multiple) {
        return dmarcFinding(
            u"multiple_records"_s, Severity::High, Text::tr("Two DMARC records cancel each other"),
            Text::tr("_dmarc.%1 holds %n records that start with \"v=DMARC1\"; receivers then use none of them.",
                     nullptr, static_cast<int>(level.texts.size()))
                .arg(level.domain),
            paste);
    }
    return dmarcFinding(
        u"invalid"_s, Severity::High, Text::tr("The DMARC record has a mistake, so receivers ignore it"),
        Text::tr("The DMARC record of %1 (%2) is not valid: %3")
            .arg(level.domain, shownText(level.texts.front(), 200), shownText(level.problem.toLatin1(), 200)),
        paste);
}

// A record of the organization above that nobody can use is the reason why this domain has no policy.
const DmarcLevel *brokenAbove(const DmarcFacts &facts)
{
    const auto it = std::ranges::find_if(facts.levels, [&](const DmarcLevel &level) {
        return isBroken(level) && level.domain.endsWith(facts.publicSuffixDomain);
    });
    return it == facts.levels.end() ? nullptr : &*it;
}

Finding testMode(const DmarcRecord &record, const QString &domain)
{
    return dmarcFinding(
        u"test_mode"_s, Severity::Medium, Text::tr("DMARC is still in test mode"),
        Text::tr("The DMARC record of %1 says p=%2, but with t=y receivers do nothing. Older receivers do not "
                 "know t and act on p at once.")
            .arg(domain, toWord(record.policy)),
        nextDmarcRecord(record, domain));
}

Finding monitoringOnly(const DmarcRecord &record, const QString &domain)
{
    return dmarcFinding(
        u"monitoring_only"_s, Severity::Medium, Text::tr("DMARC only watches: fakes are still delivered"),
        record.hasPolicy
            ? Text::tr("The DMARC policy of %1 is p=none.").arg(domain)
            : Text::tr("The DMARC record of %1 names no valid policy, which counts as p=none.").arg(domain),
        nextDmarcRecord(record, domain));
}

Finding subdomainsOpen(const DmarcRecord &record, const DmarcPolicies &policies, const QString &domain)
{
    const auto word = [](const std::optional<DmarcPolicy> &policy) {
        return policy ? toWord(*policy) : Text::tr("nothing");
    };
    return dmarcFinding(
        u"subdomains_open"_s, Severity::Medium, Text::tr("Fakes from your subdomains are still delivered"),
        Text::tr("The DMARC record of %1 protects the domain itself, but receivers find %2 for existing and "
                 "%3 for made-up subdomains.")
            .arg(domain, word(policies.subdomain), word(policies.nonexistent)),
        nextDmarcRecord(record, domain));
}

void policyFindings(const DmarcFacts &facts, const DmarcDiscovery &discovered, std::vector<Finding> &findings)
{
    const DmarcRecord &record = *discovered.level->record;
    const QString domain = discovered.level->domain;
    const DmarcPolicies policies = policiesOf(facts.levels);
    const auto isOpen = [](const std::optional<DmarcPolicy> &policy) { return !policy || policy == DmarcPolicy::None; };
    if (isOpen(policies.apex) && record.isTest && record.policy != DmarcPolicy::None)
        findings.push_back(testMode(record, domain));
    else if (isOpen(policies.apex))
        findings.push_back(monitoringOnly(record, domain));
    else if (isOpen(policies.subdomain) || isOpen(policies.nonexistent))
        findings.push_back(subdomainsOpen(record, policies, domain));
}

// psd=y is for registries. A company that says it splits itself: each subdomain is then an organization of its own, and
// mail from news.example.com that is signed for example.com no longer counts.
void suffixFinding(const DmarcFacts &facts, const DmarcDiscovery &discovered, std::vector<Finding> &findings)
{
    const QString domain = discovered.level->domain;
    if (discovered.level->record->psd != DmarcPsd::Yes || facts.isPublicSuffix ||
        !domain.endsWith(facts.publicSuffixDomain))
        return;
    findings.push_back(
        dmarcFinding(u"psd_yes"_s, Severity::Medium, Text::tr("DMARC treats your subdomains as strangers"),
                     Text::tr("The DMARC record of %1 says psd=y, which is for registries such as that of "
                              ".com. Mail from a subdomain that is signed for %1 then fails.")
                         .arg(domain),
                     nextDmarcRecord(*discovered.level->record, domain)));
}

// A lead: it depends on the receiver, and who sends how must be known to say whether it hurts.
void disagreementFinding(const DmarcFacts &facts, std::vector<Finding> &findings)
{
    QStringList sentences;
    for (const DmarcDisagreement &disagreement : disagreementsOf(facts.levels, facts.publicSuffixDomain)) {
        if (!disagreement.isWanted)
            sentences << disagreement.sentence;
    }
    if (sentences.isEmpty())
        return;
    Finding finding = dmarcFinding(u"receivers_disagree"_s, Severity::Low,
                                   Text::tr("Receivers will disagree about your DMARC record"), sentences.join(u' '));
    finding.proof = Proof::Lead;
    findings.push_back(std::move(finding));
}

void oldTagFindings(const DmarcRecord &record, const QString &domain, std::vector<Finding> &findings)
{
    if (record.percentage.value_or(100) < 100 && record.policy != DmarcPolicy::None) {
        findings.push_back(
            dmarcFinding(u"partial"_s, Severity::Low, Text::tr("DMARC is meant for a part of the mail only"),
                         Text::tr("The DMARC record of %1 says pct=%2. The standard of 2026 removed this tag; older "
                                  "receivers still let the rest pass.")
                             .arg(domain, QString::number(*record.percentage)),
                         nextDmarcRecord(record, domain)));
    }
    if (!record.oddities.isEmpty()) {
        findings.push_back(dmarcFinding(u"odd_value"_s, Severity::Low,
                                        Text::tr("A part of the DMARC record has no effect"),
                                        Text::tr("In the DMARC record of %1: %2")
                                            .arg(domain, shownText(record.oddities.join(u' ').toLatin1(), 300))));
    }
}

} // namespace

std::vector<Finding> dmarcFindings(const DmarcFacts &facts, const DmarcDiscovery &discovered)
{
    const DmarcLevel &own = facts.levels.front();
    if (isBroken(own))
        return {withBulkRules(unusable(own, facts.sendsNoMail), facts.bulkServices)};
    if (!discovered.level) {
        const DmarcLevel *above = brokenAbove(facts);
        return {withBulkRules(above ? unusable(*above, facts.sendsNoMail) : missing(facts), facts.bulkServices)};
    }
    std::vector<Finding> findings;
    const DmarcRecord &record = *discovered.level->record;
    policyFindings(facts, discovered, findings);
    suffixFinding(facts, discovered, findings);
    dmarcPlaceFindings(facts, findings);
    dmarcReportFindings(facts, record, discovered.level->domain, findings);
    oldTagFindings(record, discovered.level->domain, findings);
    disagreementFinding(facts, findings);
    return findings;
}

} // namespace cockpit
