#include "checks/mail/dmarcreports.h"

#include "models/hostname.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostReceivers = 10; // each costs four questions; receivers need not serve more than two

QStringList receiversOf(const DmarcRecord &record)
{
    QStringList receivers;
    for (const QString &address : record.aggregateReports + record.failureReports)
        receivers << address.mid(address.lastIndexOf(u'@') + 1).toLower();
    receivers.removeDuplicates();
    return receivers.mid(0, kMostReceivers);
}

bool isClear(const Result<DnsAnswer> &answer)
{
    return answer && answer->isConclusive();
}

ReportConsent consentOf(const Result<DnsAnswer> &answer)
{
    if (!isClear(answer))
        return ReportConsent::Unknown;
    const bool saysYes = std::ranges::any_of(answer->records(RrType::Txt),
                                             [](const DnsRecord &record) { return isDmarcRecord(record.text); });
    return saysYes ? ReportConsent::Given : ReportConsent::Missing;
}

// Without an MX, mail goes to the address of the name itself (RFC 5321 section 5.1).
ReportMailbox mailboxOf(const Result<DnsAnswer> &mx, const Result<DnsAnswer> &v4, const Result<DnsAnswer> &v6)
{
    if (!isClear(mx))
        return ReportMailbox::Unknown;
    const auto servers = mx->records(RrType::Mx);
    if (servers.size() == 1 && servers.front().target.isEmpty())
        return ReportMailbox::TakesNoMail;
    const bool hasAddress =
        (isClear(v4) && !v4->records(RrType::A).empty()) || (isClear(v6) && !v6->records(RrType::Aaaa).empty());
    if (!servers.empty() || hasAddress)
        return ReportMailbox::Fine;
    if (!isClear(v4) || !isClear(v6))
        return ReportMailbox::Unknown;
    return mx->status == DnsStatus::NxDomain ? ReportMailbox::NoDomain : ReportMailbox::NoServer;
}

} // namespace

std::vector<DmarcReceiver> lookAtDmarcReceivers(const DmarcDiscovery &found, const QString &domain, Observations &seen)
{
    std::vector<DmarcReceiver> receivers;
    std::vector<DnsLookup> questions;
    for (const QString &name : receiversOf(*found.level->record)) {
        receivers.push_back({.domain = name});
        if (!isWithin(name, found.organizationalDomain)) // nobody has to agree to reports about the own organization
            questions.push_back({.name = found.level->domain + u"._report._dmarc."_s + name, .type = RrType::Txt});
        if (name != domain) {
            for (const RrType type : {RrType::Mx, RrType::A, RrType::Aaaa})
                questions.push_back({.name = name, .type = type});
        }
    }
    const auto answers = seen.askAll(questions);
    size_t next = 0;
    for (DmarcReceiver &receiver : receivers) {
        if (!isWithin(receiver.domain, found.organizationalDomain))
            receiver.consent = consentOf(*answers[next++]);
        if (receiver.domain != domain) {
            receiver.mailbox = mailboxOf(*answers[next], *answers[next + 1], *answers[next + 2]);
            next += 3;
        }
    }
    return receivers;
}

} // namespace cockpit
