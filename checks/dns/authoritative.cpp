#include "checks/dns/authoritative.h"

#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Authoritative)
};

constexpr std::uint16_t kDnsPort = 53;
constexpr int kEffortMinutes = 30;
constexpr size_t kMostServers = 13; // more do not fit into a referral
constexpr size_t kAddressesPerServer = 2;

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen,
              const QString &subject = {})
{
    Finding finding = dnsFinding(code, severity, Impact::Downtime, title, seen);
    finding.subject = subject;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

std::optional<std::uint32_t> serialOf(const ServerAnswer &server)
{
    if (!server.soa || !server.soa->authoritative)
        return std::nullopt;
    const auto records = server.soa->records(RrType::Soa);
    return records.empty() ? std::nullopt : std::optional(records.front().serial);
}

QString placeOf(const ServerAnswer &server)
{
    return server.address ? u"%1 (%2)"_s.arg(server.name, server.address->ip) : server.name;
}

void judgeServer(const ServerAnswer &server, const QString &domain, std::vector<Finding> &findings)
{
    const auto isSaid = [&](const QString &code) {
        return std::ranges::any_of(findings,
                                   [&](const Finding &f) { return f.code == code && f.subject == server.name; });
    };
    if (!server.address) {
        findings.push_back(
            found(u"server_without_address"_s, Severity::High, Text::tr("A name server does not exist"),
                  Text::tr("%1 is listed as a name server of %2, but has no address.").arg(server.name, domain),
                  server.name));
    } else if (!server.soa) {
        if (isSaid(u"unreachable"_s))
            return;
        Finding finding = found(u"unreachable"_s, Severity::Medium, Text::tr("A name server does not answer"),
                                Text::tr("%1, a name server of %2, gave no answer: %3")
                                    .arg(placeOf(server), domain, server.soa.error().message),
                                server.name);
        finding.proof = Proof::Strong; // repeated, but from one place only
        findings.push_back(std::move(finding));
    } else if (!serialOf(server) && !isSaid(u"lame"_s)) {
        findings.push_back(found(u"lame"_s, Severity::High, Text::tr("A name server does not know your domain"),
                                 Text::tr("%1 is listed as a name server of %2, but does not answer as one (%3).")
                                     .arg(placeOf(server), domain, toWord(server.soa->status)),
                                 server.name));
    }
}

void judgeTogether(const std::vector<ServerAnswer> &servers, const QString &domain, std::vector<Finding> &findings)
{
    QSet<std::uint32_t> serials;
    QStringList lines;
    QSet<QString> names;
    bool anyWorks = false;
    for (const ServerAnswer &server : servers) {
        names.insert(server.name);
        if (const auto serial = serialOf(server)) {
            anyWorks = true;
            serials.insert(*serial);
            lines << u"%1: %2"_s.arg(placeOf(server)).arg(*serial);
        }
    }
    if (!anyWorks) {
        findings.push_back(found(u"none_works"_s, Severity::Critical,
                                 Text::tr("No name server answers for your domain"),
                                 Text::tr("None of the name servers of %1 answers as one.").arg(domain)));
    }
    if (serials.size() > 1) {
        // A change takes some seconds to reach all servers, so one look is no proof of a lasting difference.
        Finding differs =
            found(u"serials_differ"_s, Severity::Medium, Text::tr("Your name servers tell different things"),
                  Text::tr("The name servers of %1 hold different versions of its records: %2.")
                      .arg(domain, lines.join(u", "_s)));
        differs.proof = Proof::Strong;
        findings.push_back(std::move(differs));
    }
    if (names.size() == 1) {
        findings.push_back(found(u"single_server"_s, Severity::Medium,
                                 Text::tr("Your domain hangs on a single name server"),
                                 Text::tr("%1 has only one name server (%2). When it is down, site and mail are down.")
                                     .arg(domain, *names.begin())));
    }
}

QJsonObject observedOf(const std::vector<ServerAnswer> &servers)
{
    QJsonArray array;
    for (const ServerAnswer &server : servers) {
        const auto serial = serialOf(server);
        QString status = u"no_address"_s;
        if (server.address)
            status = server.soa                                       ? toWord(server.soa->status)
                     : server.soa.error().kind == ErrorKind::TimedOut ? u"timeout"_s
                                                                      : u"unreachable"_s;
        array.append(QJsonObject{{u"name"_s, server.name},
                                 {u"address"_s, server.address ? QJsonValue(server.address->toString()) : QJsonValue()},
                                 {u"status"_s, status},
                                 {u"authoritative"_s, server.soa && server.soa->authoritative},
                                 {u"serial"_s, serial ? QJsonValue(static_cast<qint64>(*serial)) : QJsonValue()}});
    }
    return {{u"servers"_s, array}};
}

Error noAddress(const QString &name)
{
    return {ErrorKind::NotFound, Text::tr("The name server %1 has no address.").arg(name)};
}

// Where each name server is: an override's address, or what the DNS says, two addresses at most.
std::vector<ServerAnswer> locate(const QStringList &names, Observations &seen)
{
    std::vector<DnsLookup> questions;
    for (const QString &name : names) {
        questions.push_back({.name = name, .type = RrType::A});
        questions.push_back({.name = name, .type = RrType::Aaaa});
    }
    const auto answers = seen.askAll(questions);
    std::vector<ServerAnswer> servers;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (const auto to = seen.options().connectOverrideFor(names[i], kDnsPort)) {
            servers.push_back({names[i], *to, tl::unexpected<Error>(noAddress(names[i]))});
            continue;
        }
        std::vector<DnsRecord> records;
        if (const auto &v4 = *answers[static_cast<size_t>(2 * i)])
            records = v4->records(RrType::A);
        if (const auto &v6 = *answers[static_cast<size_t>(2 * i + 1)]; v6 && records.empty())
            records = v6->records(RrType::Aaaa); // only when there is nothing else: many networks have no IPv6 yet
        records.resize(std::min(records.size(), kAddressesPerServer));
        for (const DnsRecord &record : records)
            servers.push_back(
                {names[i], SocketAddress{record.address, kDnsPort}, tl::unexpected<Error>(noAddress(names[i]))});
        if (records.empty())
            servers.push_back({names[i], std::nullopt, tl::unexpected<Error>(noAddress(names[i]))});
    }
    return servers;
}

void askEach(std::vector<ServerAnswer> &servers, const QString &domain, Observations &seen,
             std::vector<Evidence> &evidence)
{
    std::vector<DnsLookup> questions;
    for (const ServerAnswer &server : servers) {
        if (server.address)
            questions.push_back(
                {.name = domain, .type = RrType::Soa, .server = server.address, .recursionDesired = false});
    }
    const auto answers = seen.askAll(questions);
    size_t next = 0;
    for (ServerAnswer &server : servers) {
        if (!server.address)
            continue;
        server.soa = *answers[next];
        if (server.soa)
            evidence.push_back(evidenceOf(questions[next], *server.soa));
        ++next;
    }
}

Judged lookAtServers(const Look &look)
{
    const DnsLookup question{.name = look.target.domain, .type = RrType::Ns};
    const auto ns = look.seen.ask(question);
    if (!*ns)
        return couldNotLook(ns->error());
    QStringList names;
    for (const DnsRecord &record : (*ns)->records(RrType::Ns))
        names << record.target;
    names.sort();
    names.removeDuplicates();
    names = names.mid(0, static_cast<qsizetype>(kMostServers));
    std::vector<Evidence> evidence{evidenceOf(question, **ns)};
    Judged judged;
    if (names.isEmpty()) {
        const Severity severity = (*ns)->status == DnsStatus::NoData ? Severity::Medium : Severity::Critical;
        judged.findings = {found(u"no_servers"_s, severity, Text::tr("No name server is in charge of the domain"),
                                 sentenceOf(question, (*ns)->status))};
        judged.observed = observedOf({});
        judged.outcome = outcomeFor(judged.findings);
        judged.summary = judged.findings.front().whatWeSaw;
    } else {
        std::vector<ServerAnswer> servers = locate(names, look.seen);
        askEach(servers, look.target.domain, look.seen, evidence);
        judged = judgeAuthoritative(look.target.domain, servers);
    }
    judged.evidence = evidence;
    for (Finding &finding : judged.findings)
        finding.evidence = evidence;
    return judged;
}

} // namespace

Judged judgeAuthoritative(const QString &domain, const std::vector<ServerAnswer> &servers)
{
    Judged judged;
    const auto isLocalFault = [](const ServerAnswer &s) { return s.address && !s.soa; };
    for (const ServerAnswer &server : servers)
        judgeServer(server, domain, judged.findings);
    judged.observed = observedOf(servers);
    // Silence of all at once is more likely a network that lets no DNS out than the end of the domain.
    if (!servers.empty() && std::ranges::all_of(servers, isLocalFault)) {
        Judged silent = couldNotLook(servers.front().soa.error());
        silent.observed = judged.observed;
        return silent;
    }
    judgeTogether(servers, domain, judged.findings);
    judged.outcome = outcomeFor(judged.findings);
    const auto working = std::ranges::count_if(servers, [](const ServerAnswer &s) { return serialOf(s).has_value(); });
    judged.summary = Text::tr("%1 of %2 name server addresses answer").arg(working).arg(servers.size());
    return judged;
}

Check authoritativeCheck()
{
    return {.id = u"dns.authoritative"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {},
            .look = lookAtServers};
}

} // namespace cockpit
