#include "checks/dns/resolution.h"

#include "checks/net/addressspace.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Resolution)
};

constexpr int kEffortMinutes = 15;
constexpr qsizetype kLongChain = 8; // resolvers give up between 8 and 16 links

QStringList addressesOf(const HostResolution &host)
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

// What visitors meet: one working family is enough to arrive.
const DnsAnswer *decisiveAnswer(const HostResolution &host)
{
    if (host.v4 && (host.v4->status == DnsStatus::Answered || !host.v6))
        return &*host.v4;
    if (host.v6 && host.v6->status == DnsStatus::Answered)
        return &*host.v6;
    return host.v4 ? &*host.v4 : host.v6 ? &*host.v6 : nullptr;
}

QString statusOf(const HostResolution &host)
{
    if (const DnsAnswer *answer = decisiveAnswer(host))
        return toWord(answer->status);
    return host.v4.error().kind == ErrorKind::TimedOut ? u"timeout"_s : u"unreachable"_s;
}

Finding found(const QString &code, Severity severity, const HostResolution &host, const QString &title,
              const QString &seen)
{
    // Only what founders and visitors use every day stops a launch; www is a courtesy.
    const bool isCourtesy = host.host.role == HostRole::Www || host.host.role == HostRole::Other;
    Finding finding = dnsFinding(code, isCourtesy ? Severity::Low : severity, Impact::Downtime, title, seen);
    finding.subject = host.host.name;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

void judgeNothing(const HostResolution &host, const DnsAnswer &answer, std::vector<Finding> &findings)
{
    const QString name = host.host.name;
    const QStringList chain = answer.cnameChain();
    const QString seen = sentenceOf({.name = name, .type = RrType::A}, answer);
    switch (answer.status) {
    case DnsStatus::Answered:
        return;
    case DnsStatus::NxDomain:
    case DnsStatus::NoData:
        if (!chain.isEmpty()) {
            findings.push_back(found(u"alias_leads_nowhere"_s, Severity::High, host,
                                     Text::tr("An address leads to a server that is gone"),
                                     Text::tr("%1 is an alias of %2, which has no address.").arg(name, chain.last())));
        } else if (answer.status == DnsStatus::NxDomain) {
            findings.push_back(
                found(u"no_such_name"_s, Severity::Critical, host, Text::tr("The address does not exist"), seen));
        } else {
            findings.push_back(found(u"no_address"_s, Severity::Critical, host,
                                     Text::tr("The address leads to no server"),
                                     Text::tr("%1 exists, but has neither an A nor an AAAA record.").arg(name)));
        }
        return;
    case DnsStatus::ServFail:
        findings.push_back(found(u"servers_fail"_s, Severity::Critical, host,
                                 Text::tr("The DNS servers fail for this address"), seen));
        return;
    case DnsStatus::Refused:
    case DnsStatus::OtherRcode:
        findings.push_back(
            found(u"refused"_s, Severity::High, host, Text::tr("The DNS servers refuse this address"), seen));
        return;
    }
}

void judgeAddresses(const HostResolution &host, std::vector<Finding> &findings)
{
    QStringList inside = addressesOf(host);
    inside.removeIf([](const QString &ip) { return !isPrivateAddress(ip); });
    if (!inside.isEmpty() && !host.privateIsExpected) {
        findings.push_back(found(u"private_address"_s, Severity::High, host,
                                 Text::tr("Customers cannot reach a private address"),
                                 Text::tr("%1 leads to %2, which works only inside a private network.")
                                     .arg(host.host.name, inside.join(u", "_s))));
    }
    const DnsAnswer *answer = decisiveAnswer(host);
    if (answer && answer->cnameChain().size() > kLongChain) {
        findings.push_back(found(u"long_chain"_s, Severity::Low, host, Text::tr("The address takes many detours"),
                                 Text::tr("%1 leads through %n aliases; some resolvers give up.", nullptr,
                                          static_cast<int>(answer->cnameChain().size()))
                                     .arg(host.host.name)));
    }
}

QJsonObject observedOf(const std::vector<HostResolution> &hosts)
{
    QJsonArray array;
    for (const HostResolution &host : hosts) {
        const DnsAnswer *answer = decisiveAnswer(host);
        array.append(
            QJsonObject{{u"name"_s, host.host.name},
                        {u"status"_s, statusOf(host)},
                        {u"addresses"_s, QJsonArray::fromStringList(addressesOf(host))},
                        {u"chain"_s, QJsonArray::fromStringList(answer ? answer->cnameChain() : QStringList())}});
    }
    return {{u"hosts"_s, array}};
}

Judged lookAtResolution(const Look &look)
{
    std::vector<DnsLookup> questions;
    for (const Host &host : look.target.hosts) {
        questions.push_back({.name = host.name, .type = RrType::A});
        questions.push_back({.name = host.name, .type = RrType::Aaaa});
    }
    const auto answers = look.seen.askAll(questions);
    std::vector<HostResolution> hosts;
    std::vector<Evidence> evidence;
    const NetOptions &options = look.seen.options();
    const bool isLab =
        std::ranges::any_of(options.resolvers, [](const SocketAddress &r) { return isPrivateAddress(r.ip); });
    for (size_t i = 0; i < look.target.hosts.size(); ++i) {
        const Host &host = look.target.hosts[i];
        const bool isOverridden = options.connectOverrideFor(host.name, host.httpsPort).has_value();
        hosts.push_back({host, *answers[2 * i], *answers[2 * i + 1], isLab || isOverridden});
        for (const size_t at : {2 * i, 2 * i + 1}) {
            if (*answers[at])
                evidence.push_back(evidenceOf(questions[at], **answers[at]));
        }
    }
    Judged judged = judgeResolution(hosts);
    judged.evidence = evidence;
    for (Finding &finding : judged.findings) {
        std::ranges::copy_if(evidence, std::back_inserter(finding.evidence),
                             [&](const Evidence &e) { return e.title.endsWith(u' ' + finding.subject); });
    }
    return judged;
}

} // namespace

Judged judgeResolution(const std::vector<HostResolution> &hosts)
{
    Judged judged;
    const auto gotNothing = [](const HostResolution &host) { return !decisiveAnswer(host); };
    const auto silent = std::ranges::find_if(hosts, gotNothing);
    if (std::ranges::all_of(hosts, gotNothing) && silent != hosts.end()) {
        judged = couldNotLook(silent->v4.error());
        judged.observed = observedOf(hosts);
        return judged;
    }
    for (const HostResolution &host : hosts) {
        if (const DnsAnswer *answer = decisiveAnswer(host)) {
            judgeNothing(host, *answer, judged.findings);
            judgeAddresses(host, judged.findings);
        } else {
            Finding timeout =
                found(u"no_answer"_s, Severity::High, host, Text::tr("The DNS servers do not answer for this address"),
                      host.v4.error().message);
            timeout.proof = Proof::Lead; // one look from one place
            judged.findings.push_back(std::move(timeout));
        }
    }
    judged.observed = observedOf(hosts);
    judged.outcome = outcomeFor(judged.findings);
    const auto working =
        std::ranges::count_if(hosts, [](const HostResolution &h) { return !addressesOf(h).isEmpty(); });
    judged.summary =
        Text::tr("%1 of %2 addresses lead to a server").arg(QString::number(working), QString::number(hosts.size()));
    return judged;
}

Check resolutionCheck()
{
    return {.id = u"dns.resolution"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {},
            .look = lookAtResolution};
}

} // namespace cockpit
