#include "checks/mail/mx.h"

#include "checks/engine/lookgaps.h"
#include "checks/mail/mailhosts.h"
#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"
#include "models/ipnetwork.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Mx)
};

constexpr int kEffortMinutes = 20;

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen,
              const QString &subject = {})
{
    Finding finding = dnsFinding(code, severity, Impact::EmailDelivery, title, seen);
    finding.subject = subject;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

QStringList addressesOf(const MxHost &host)
{
    QStringList addresses;
    for (const auto &[answer, type] : {std::pair(&host.v4, RrType::A), std::pair(&host.v6, RrType::Aaaa)}) {
        if (!*answer)
            continue;
        for (const DnsRecord &record : (*answer)->records(type))
            addresses << record.address;
    }
    return addresses;
}

bool isClearlyWithoutAddress(const MxHost &host)
{
    const auto isEmpty = [](const Result<DnsAnswer> &answer) {
        return answer && (answer->status == DnsStatus::NxDomain || answer->status == DnsStatus::NoData);
    };
    return isEmpty(host.v4) && isEmpty(host.v6);
}

// Whether the host exists and is an alias. An address of one family tells that it exists.
std::optional<Error> whyUnknown(const MxHost &host)
{
    if (host.record.target.isEmpty() || parseIpNetwork(host.record.target))
        return std::nullopt;
    if (auto gap = gapIn({.name = host.record.target, .type = RrType::A}, host.v4))
        return gap;
    return addressesOf(host).isEmpty() ? gapIn({.name = host.record.target, .type = RrType::Aaaa}, host.v6)
                                       : std::nullopt;
}

LookGaps gapsIn(const std::vector<MxHost> &hosts)
{
    LookGaps gaps;
    for (const MxHost &host : hosts) {
        if (const auto why = whyUnknown(host))
            gaps.add({{{host.record.target}}, why->message});
    }
    return gaps;
}

LookGap gapBehind(const std::vector<DnsRecord> &leftOut)
{
    QStringList names;
    for (const DnsRecord &record : leftOut)
        names << record.target;
    return mailHostsLeftOut(names);
}

Finding missing(const QString &domain, bool domainHasAddress)
{
    return found(
        u"missing"_s, Severity::Medium, Text::tr("Mail to your domain has nowhere to go"),
        domainHasAddress
            ? Text::tr("%1 has no MX record. Senders will try the web server in its place, which takes no mail.")
                  .arg(domain)
            : Text::tr("%1 has no MX record: replies and mail to support@%1 come back.").arg(domain));
}

void judgeHost(const MxHost &host, const QString &domain, std::vector<Finding> &findings)
{
    const QString name = host.record.target;
    if (parseIpNetwork(name)) {
        findings.push_back(
            found(u"address_as_host"_s, Severity::High, Text::tr("A mail server is named by its address"),
                  Text::tr("The MX record of %1 holds the address %2; it must be a name.").arg(domain, name), name));
    } else if (isClearlyWithoutAddress(host)) {
        findings.push_back(found(u"host_without_address"_s, Severity::High, Text::tr("A mail server does not exist"),
                                 Text::tr("The MX record of %1 names %2, which has no address.").arg(domain, name),
                                 name));
    } else if (host.v4 && !host.v4->cnameChain().isEmpty()) {
        findings.push_back(
            found(u"host_is_alias"_s, Severity::Low, Text::tr("A mail server is an alias"),
                  Text::tr("The MX record of %1 names %2, which is a CNAME. That is not allowed, and some senders "
                           "refuse it.")
                      .arg(domain, name),
                  name));
    }
}

QJsonObject observedOf(const std::vector<MxHost> &hosts, bool isNullMx)
{
    QJsonArray records;
    for (const MxHost &host : hosts) {
        records.append(QJsonObject{{u"preference"_s, host.record.preference},
                                   {u"host"_s, host.record.target},
                                   {u"addresses"_s, QJsonArray::fromStringList(addressesOf(host))}});
    }
    return {{u"records"_s, records}, {u"null_mx"_s, isNullMx}};
}

std::vector<MxHost> askForHosts(const std::vector<DnsRecord> &records, Observations &seen)
{
    std::vector<DnsLookup> questions;
    for (const DnsRecord &record : records) {
        questions.push_back({.name = record.target, .type = RrType::A});
        questions.push_back({.name = record.target, .type = RrType::Aaaa});
    }
    const auto answers = seen.askAll(questions);
    std::vector<MxHost> hosts;
    for (size_t i = 0; i < records.size(); ++i)
        hosts.push_back({records[i], *answers[2 * i], *answers[2 * i + 1]});
    return hosts;
}

Judged lookAtMx(const Look &look)
{
    const QString domain = look.target.domain;
    const std::vector<DnsLookup> questions{{.name = domain, .type = RrType::Mx}, {.name = domain, .type = RrType::A}};
    const auto answers = look.seen.askAll(questions);
    const Result<DnsAnswer> &mx = *answers[0];
    if (!mx)
        return couldNotLook(mx.error());
    std::vector<DnsRecord> records = mx->records(RrType::Mx);
    std::ranges::stable_sort(records, {}, &DnsRecord::preference);
    const auto rest = records.begin() + static_cast<std::ptrdiff_t>(std::min(records.size(), kMostMailHosts));
    const LookGap leftOut = gapBehind({rest, records.end()});
    records.erase(rest, records.end());
    const bool domainHasAddress = *answers[1] && !(*answers[1])->records(RrType::A).empty();
    Judged judged = judgeMx(domain, *mx, askForHosts(records, look.seen), domainHasAddress);
    leaveOpen(judged, leftOut);
    judged.evidence.push_back(evidenceOf(questions[0], *mx));
    return unlessMissing(std::move(judged), domain, look.seen);
}

} // namespace

Judged judgeMx(const QString &domain, const DnsAnswer &answer, const std::vector<MxHost> &hosts, bool domainHasAddress)
{
    Judged judged;
    const auto isNull = [](const MxHost &host) { return host.record.target.isEmpty(); };
    const bool hasNullMx = std::ranges::any_of(hosts, isNull);
    judged.observed = observedOf(hosts, hasNullMx && hosts.size() == 1);
    LookGaps gaps = gapsIn(hosts);
    if (answer.status == DnsStatus::ServFail || answer.status == DnsStatus::Refused ||
        answer.status == DnsStatus::OtherRcode) {
        judged.findings.push_back(found(u"dns_failure"_s, Severity::High,
                                        Text::tr("Senders cannot find your mail server"),
                                        sentenceOf({.name = domain, .type = RrType::Mx}, answer)));
        gaps = anyBehind({judged.findings.back().whatWeSaw}); // of the servers, nothing was read
    } else if (hosts.empty()) {
        judged.findings.push_back(missing(domain, domainHasAddress));
    } else if (hasNullMx && hosts.size() == 1) {
        judged.outcome = Outcome::Info;
        judged.summary = Text::tr("The domain says that it takes no mail");
        return judged;
    } else if (hasNullMx) {
        judged.findings.push_back(found(u"null_mx_beside_others"_s, Severity::High,
                                        Text::tr("The domain says both that it takes mail and that it does not"),
                                        Text::tr("%1 has \"MX 0 .\" (no mail) beside other MX records.").arg(domain)));
    }
    for (const MxHost &host : hosts) {
        if (!isNull(host))
            judgeHost(host, domain, judged.findings);
    }
    judged.outcome = outcomeFor(judged.findings);
    judged.summary =
        hosts.empty() ? Text::tr("No mail server") : Text::tr("Mail goes to %1").arg(hosts.front().record.target);
    leaveOpen(judged, gaps);
    return judged;
}

Check mxCheck()
{
    return {.id = u"mail.mx"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {},
            .look = lookAtMx};
}

} // namespace cockpit
