#include "checks/mail/mailhosts.h"

#include "checks/net/dnsreport.h"
#include "checks/net/httpclient.h"
#include "models/ipnetwork.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::uint16_t kMailPort = 25;

} // namespace

Result<std::vector<MailHost>> mailHostsOf(const QString &domain, Observations &seen)
{
    const DnsLookup question{.name = domain, .type = RrType::Mx};
    const auto answer = seen.ask(question);
    if (const auto gap = gapIn(question, *answer))
        return tl::unexpected<Error>(*gap);
    std::vector<DnsRecord> records = (*answer)->records(RrType::Mx);
    std::ranges::stable_sort(records, {}, &DnsRecord::preference);
    std::vector<HostAddresses> questions;
    for (const DnsRecord &record : records) {
        const bool isAsked = std::ranges::find(questions, record.target, &HostAddresses::host) != questions.end();
        if (questions.size() < kMostMailHosts && !isAsked && !record.target.isEmpty() && !parseIpNetwork(record.target))
            questions.push_back({record.target, kMailPort});
    }
    const auto addresses = seen.askAll(questions);
    std::vector<MailHost> hosts;
    for (std::size_t i = 0; i < questions.size(); ++i)
        hosts.push_back({questions[i].host, *addresses[i]});
    return hosts;
}

} // namespace cockpit
