#include "checks/dns/authoritative.h"

#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Authoritative)
};

constexpr std::uint16_t kDnsPort = 53;
constexpr size_t kMostServers = 13; // more do not fit into a referral
constexpr size_t kAddressesPerServer = 2;

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
        judged = judgeNoServers(question, **ns);
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
