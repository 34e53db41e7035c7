#include "checks/mail/dmarcfindings.h"

#include "checks/net/dnsreport.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DmarcFindings)
};

constexpr int kEffortMinutes = 15;

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen,
              const QString &paste = {})
{
    Finding finding = dnsFinding(code, severity, Impact::EmailDelivery, title, seen);
    finding.fix.paste = paste;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

// High, not critical: a missing policy lets others abuse the name and costs delivery, but by itself it opens no account
// and no data, and it is among the conditions of a launch, not among what must stop one.
Finding missing(const DmarcFacts &facts)
{
    const DmarcLevel &own = facts.levels.front();
    const QString paste = firstDmarcRecord(own.domain, facts.sendsNoMail);
    if (!own.nearMiss.isEmpty()) {
        return found(
            u"missing"_s, Severity::High, Text::tr("Anyone can send mail as you"),
            Text::tr("_dmarc.%1 holds \"%2\", which receivers pass over: it has to start with exactly \"v=DMARC1;\".")
                .arg(own.domain, shownText(own.nearMiss, 200)),
            paste);
    }
    return found(u"missing"_s, Severity::High, Text::tr("Anyone can send mail as you"),
                 Text::tr("There is no DMARC record at _dmarc.%1, nor above it.").arg(own.domain), paste);
}

Finding unusable(const DmarcFacts &facts)
{
    const DmarcLevel &own = facts.levels.front();
    const QString paste = firstDmarcRecord(own.domain, facts.sendsNoMail);
    if (own.state == DmarcLevelState::Multiple) {
        return found(
            u"multiple_records"_s, Severity::High, Text::tr("Two DMARC records cancel each other"),
            Text::tr("_dmarc.%1 holds %n records that start with \"v=DMARC1\"; receivers then use none of them.",
                     nullptr, static_cast<int>(own.texts.size()))
                .arg(own.domain),
            paste);
    }
    return found(u"invalid"_s, Severity::High, Text::tr("The DMARC record has a mistake, so receivers ignore it"),
                 Text::tr("The DMARC record of %1 (%2) is not valid: %3")
                     .arg(own.domain, shownText(own.texts.front(), 200), shownText(own.problem.toLatin1(), 200)),
                 paste);
}

void policyFindings(const DmarcRecord &record, const QString &domain, std::vector<Finding> &findings)
{
    const bool wantsMore = record.isTest && record.policy != DmarcPolicy::None;
    if (record.effectivePolicy() == DmarcPolicy::None && wantsMore) {
        findings.push_back(found(u"test_mode"_s, Severity::Medium, Text::tr("DMARC is still in test mode"),
                                 Text::tr("The DMARC record of %1 says p=%2, but with t=y receivers do nothing.")
                                     .arg(domain, toWord(record.policy)),
                                 nextDmarcRecord(record, domain)));
    } else if (record.effectivePolicy() == DmarcPolicy::None) {
        findings.push_back(
            found(u"monitoring_only"_s, Severity::Medium, Text::tr("DMARC only watches: fakes are still delivered"),
                  record.hasPolicy
                      ? Text::tr("The DMARC policy of %1 is p=none.").arg(domain)
                      : Text::tr("The DMARC record of %1 names no valid policy, which counts as p=none.").arg(domain),
                  nextDmarcRecord(record, domain)));
    } else if (record.effectiveSubdomainPolicy() == DmarcPolicy::None ||
               record.effectiveNonexistentPolicy() == DmarcPolicy::None) {
        findings.push_back(found(
            u"subdomains_open"_s, Severity::Medium, Text::tr("Fakes from your subdomains are still delivered"),
            Text::tr("The DMARC record of %1 protects the domain itself, but says %2 for existing and %3 for "
                     "made-up subdomains.")
                .arg(domain, toWord(record.effectiveSubdomainPolicy()), toWord(record.effectiveNonexistentPolicy())),
            nextDmarcRecord(record, domain)));
    }
}

void reportFindings(const DmarcFacts &facts, const DmarcRecord &record, const QString &domain,
                    std::vector<Finding> &findings)
{
    if (record.aggregateReports.isEmpty() && !facts.sendsNoMail) {
        findings.push_back(
            found(u"no_reports"_s, Severity::Low, Text::tr("Nobody receives the DMARC reports"),
                  Text::tr("The DMARC record of %1 has no valid rua address, so you do not learn which of your own "
                           "mail fails.")
                      .arg(domain),
                  nextDmarcRecord(record, domain)));
    }
    for (const QString &receiver : facts.unauthorisedReports) {
        Finding finding =
            found(u"reports_not_authorised"_s, Severity::Low, Text::tr("DMARC reports are not sent"),
                  Text::tr("Reports for %1 should go to %2, but that domain does not say that it accepts them: "
                           "there is no record at %1._report._dmarc.%2.")
                      .arg(domain, receiver));
        finding.subject = receiver;
        findings.push_back(std::move(finding));
    }
}

void oldTagFindings(const DmarcRecord &record, const QString &domain, std::vector<Finding> &findings)
{
    if (record.percentage.value_or(100) < 100 && record.policy != DmarcPolicy::None) {
        findings.push_back(
            found(u"partial"_s, Severity::Low, Text::tr("DMARC is meant for a part of the mail only"),
                  Text::tr("The DMARC record of %1 says pct=%2. The standard of 2026 removed this tag; older "
                           "receivers still let the rest pass.")
                      .arg(domain)
                      .arg(*record.percentage),
                  nextDmarcRecord(record, domain)));
    }
    if (!record.oddities.isEmpty()) {
        findings.push_back(found(u"odd_value"_s, Severity::Low, Text::tr("A part of the DMARC record has no effect"),
                                 Text::tr("In the DMARC record of %1: %2")
                                     .arg(domain, shownText(record.oddities.join(u' ').toLatin1(), 300))));
    }
}

} // namespace

std::vector<Finding> dmarcFindings(const DmarcFacts &facts, const DmarcDiscovery &discovered)
{
    const DmarcLevel &own = facts.levels.front();
    if (own.state == DmarcLevelState::Multiple || own.state == DmarcLevelState::Invalid)
        return {unusable(facts)};
    if (!discovered.level)
        return {missing(facts)};
    std::vector<Finding> findings;
    const DmarcRecord &record = *discovered.level->record;
    policyFindings(record, discovered.level->domain, findings);
    reportFindings(facts, record, discovered.level->domain, findings);
    oldTagFindings(record, discovered.level->domain, findings);
    return findings;
}

QString firstDmarcRecord(const QString &domain, bool sendsNoMail)
{
    if (sendsNoMail)
        return u"v=DMARC1; p=reject; sp=reject; np=reject"_s;
    return u"v=DMARC1; p=none; np=reject; rua=mailto:dmarc-reports@%1"_s.arg(domain);
}

QString nextDmarcRecord(const DmarcRecord &record, const QString &domain)
{
    // RFC 9989 section 7.4: people who post to mailing lists lose mail under reject; quarantine is the goal.
    const DmarcPolicy policy = record.policy == DmarcPolicy::Reject ? DmarcPolicy::Reject : DmarcPolicy::Quarantine;
    QStringList reports;
    for (const QString &address : record.aggregateReports)
        reports << u"mailto:"_s + address;
    if (reports.isEmpty())
        reports << u"mailto:dmarc-reports@"_s + domain;
    QString text = u"v=DMARC1; p=%1; np=reject"_s.arg(toWord(policy));
    if (record.strictDkim)
        text += u"; adkim=s"_s;
    if (record.strictSpf)
        text += u"; aspf=s"_s;
    return shownText((text + u"; rua="_s + reports.join(u',')).toLatin1(), 1000);
}

} // namespace cockpit
