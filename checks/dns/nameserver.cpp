#include "checks/dns/nameserver.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr size_t kAddressesPerServer = 2;
constexpr qsizetype kMostServers = 13; // more do not fit into a referral

std::vector<DnsRecord> addressRecords(const Result<DnsAnswer> &v4, const Result<DnsAnswer> &v6)
{
    std::vector<DnsRecord> records;
    if (v4)
        records = v4->records(RrType::A);
    if (v6 && records.empty())
        records = v6->records(RrType::Aaaa); // only when there is nothing else: many networks have no IPv6 yet
    records.resize(std::min(records.size(), kAddressesPerServer));
    return records;
}

} // namespace

std::vector<NameServer> locateNameServers(const QStringList &names, Observations &seen)
{
    std::vector<DnsLookup> questions;
    for (const QString &name : names) {
        questions.push_back({.name = name, .type = RrType::A});
        questions.push_back({.name = name, .type = RrType::Aaaa});
    }
    const auto answers = seen.askAll(questions);
    std::vector<NameServer> servers;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (const auto to = seen.options().connectOverrideFor(names[i], kDnsPort)) {
            servers.push_back({names[i], *to});
            continue;
        }
        const auto at = static_cast<size_t>(2 * i);
        const auto records = addressRecords(*answers[at], *answers[at + 1]);
        for (const DnsRecord &record : records)
            servers.push_back({names[i], SocketAddress{record.address, kDnsPort}});
        if (records.empty())
            servers.push_back({names[i], std::nullopt});
    }
    return servers;
}

QStringList nameServersIn(const std::vector<DnsRecord> &records, const QString &zone)
{
    QStringList names;
    for (const DnsRecord &record : records) {
        if (record.type == RrType::Ns && record.name == zone)
            names << record.target;
    }
    names.sort();
    names.removeDuplicates();
    return names.mid(0, kMostServers);
}

} // namespace cockpit
