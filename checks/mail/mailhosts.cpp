#include "checks/mail/mailhosts.h"

#include "checks/engine/inwords.h"
#include "checks/net/dnsreport.h"
#include "checks/net/httpclient.h"
#include "models/ipnetwork.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MailHosts)
};

constexpr std::uint16_t kMailPort = 25;

} // namespace

Result<MailHosts> mailHostsOf(const QString &domain, Observations &seen)
{
    const DnsLookup question{.name = domain, .type = RrType::Mx};
    const auto answer = seen.ask(question);
    if (const auto gap = gapIn(question, *answer))
        return tl::unexpected<Error>(*gap);
    std::vector<DnsRecord> records = (*answer)->records(RrType::Mx);
    std::ranges::stable_sort(records, {}, &DnsRecord::preference);
    MailHosts hosts;
    std::vector<HostAddresses> questions;
    for (const DnsRecord &record : records) {
        const bool isAsked = std::ranges::find(questions, record.target, &HostAddresses::host) != questions.end();
        if (isAsked || record.target.isEmpty() || parseIpNetwork(record.target))
            continue;
        if (questions.size() < kMostMailHosts)
            questions.push_back({record.target, kMailPort});
        else if (!hosts.leftOut.contains(record.target))
            hosts.leftOut << record.target;
    }
    const auto addresses = seen.askAll(questions);
    for (std::size_t i = 0; i < questions.size(); ++i)
        hosts.asked.push_back({questions[i].host, *addresses[i]});
    return hosts;
}

LookGap mailHostsLeftOut(const QStringList &names)
{
    if (names.isEmpty())
        return {};
    LookGap gap;
    for (const QString &name : names)
        gap.hides.push_back({name});
    gap.sentence = Text::tr("There are more mail servers than are looked at in one go. Not looked at: %1.")
                       .arg(namesInWords(names));
    return gap;
}

} // namespace cockpit
