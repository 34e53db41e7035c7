#include "checks/mail/dmarcreportfindings.h"

#include "checks/mail/dmarcdraft.h"
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

Finding notAuthorised(const DmarcReceiver &receiver, const QString &domain)
{
    Finding finding =
        dmarcFinding(u"reports_not_authorised"_s, Severity::Low, Text::tr("DMARC reports are not sent"),
                     Text::tr("Reports for %1 should go to %2, but that domain does not say that it accepts "
                              "them: there is no record at %1._report._dmarc.%2.")
                         .arg(domain, receiver.domain));
    finding.subject = receiver.domain;
    return finding;
}

Finding mailboxFinding(const DmarcReceiver &receiver, const QString &domain)
{
    QString seen = Text::tr("Reports for %1 should go to %2, which has no mail server.").arg(domain, receiver.domain);
    if (receiver.mailbox == ReportMailbox::NoDomain)
        seen = Text::tr("Reports for %1 should go to %2, which does not exist.").arg(domain, receiver.domain);
    else if (receiver.mailbox == ReportMailbox::TakesNoMail)
        seen =
            Text::tr("Reports for %1 should go to %2, which says that it takes no mail.").arg(domain, receiver.domain);
    Finding finding =
        dmarcFinding(u"report_mailbox_missing"_s, Severity::Low, Text::tr("DMARC reports have nowhere to go"), seen);
    finding.subject = receiver.domain;
    return finding;
}

} // namespace

Finding dmarcFinding(const QString &code, Severity severity, const QString &title, const QString &seen,
                     const QString &paste)
{
    Finding finding = dnsFinding(code, severity, Impact::EmailDelivery, title, seen);
    finding.fix.paste = paste;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

void dmarcPlaceFindings(const DmarcFacts &facts, std::vector<Finding> &findings)
{
    const DmarcLevel &own = facts.levels.front();
    if (!facts.strayRecord.isEmpty()) {
        findings.push_back(dmarcFinding(
            u"record_at_apex"_s, Severity::Low, Text::tr("A second DMARC record stands in the wrong place"),
            Text::tr("%1 itself holds \"%2\". Receivers look only at _dmarc.%1; this one is left over and "
                     "misleads whoever edits it.")
                .arg(own.domain, shownText(facts.strayRecord, 200))));
    }
    if (!own.spf.isEmpty() && !facts.isByWildcard) {
        findings.push_back(dmarcFinding(u"spf_at_dmarc"_s, Severity::Low,
                                        Text::tr("An SPF record stands in the wrong place"),
                                        Text::tr("_dmarc.%1 holds \"%2\". Receivers look for SPF at %1 itself.")
                                            .arg(own.domain, shownText(own.spf, 200))));
    }
    if (facts.isByWildcard && !own.texts.empty()) {
        findings.push_back(dmarcFinding(
            u"by_wildcard"_s, Severity::Low, Text::tr("The DMARC record comes from a catch-all entry"),
            Text::tr("Every name below %1 answers with the same text, made-up ones too. The policy vanishes as "
                     "soon as somebody adds any record at _dmarc, and it shows up where it does not belong.")
                .arg(own.domain),
            shownText(own.texts.front(), 1000)));
    }
}

void dmarcReportFindings(const DmarcFacts &facts, const DmarcRecord &record, const QString &domain,
                         std::vector<Finding> &findings)
{
    if (record.aggregateReports.isEmpty() && !facts.sendsNoMail) {
        findings.push_back(dmarcFinding(
            u"no_reports"_s, Severity::Low, Text::tr("Nobody receives the DMARC reports"),
            Text::tr("The DMARC record of %1 has no valid rua address, so you do not learn which of your own "
                     "mail fails.")
                .arg(domain),
            nextDmarcRecord(record, domain)));
    }
    for (const DmarcReceiver &receiver : facts.receivers) {
        if (receiver.mailbox != ReportMailbox::Fine && receiver.mailbox != ReportMailbox::Unknown)
            findings.push_back(mailboxFinding(receiver, domain));
        else if (receiver.consent == ReportConsent::Missing)
            findings.push_back(notAuthorised(receiver, domain));
    }
}

LookGap dmarcReportGap(const DmarcFacts &facts)
{
    LookGap gap;
    QStringList names;
    for (const DmarcReceiver &receiver : facts.receivers) {
        if (receiver.mailbox == ReportMailbox::Unknown)
            gap.hides.push_back({receiver.domain, u"report_mailbox_missing"_s});
        if (receiver.consent == ReportConsent::Unknown)
            gap.hides.push_back({receiver.domain, u"reports_not_authorised"_s});
        if (receiver.mailbox == ReportMailbox::Unknown || receiver.consent == ReportConsent::Unknown)
            names << receiver.domain;
    }
    if (!names.isEmpty())
        gap.sentence = Text::tr("Whether reports arrive at %1 could not be found out: the DNS servers there fail.")
                           .arg(names.join(u", "_s));
    return gap;
}

} // namespace cockpit
