#include "checks/mail/mailintent.h"

#include "checks/mail/spfrecord.h"
#include "checks/net/dnsclient.h"
#include "checks/net/dnsreport.h"

#include <algorithm>

namespace cockpit {

Result<bool> saysItSendsNoMail(const QString &domain, Observations &seen)
{
    const DnsLookup question{.name = domain, .type = RrType::Txt};
    const auto txt = seen.ask(question);
    if (const auto gap = gapIn(question, *txt))
        return tl::unexpected<Error>(*gap);
    return std::ranges::any_of((*txt)->records(RrType::Txt), [](const DnsRecord &record) {
        const auto spf = parseSpf(record.text);
        return spf && spf->terms.size() == 1 && spf->all() && spf->all()->qualifier == SpfQualifier::Fail;
    });
}

bool saysItTakesNoMail(const QString &domain, Observations &seen)
{
    const auto mx = seen.ask(DnsLookup{.name = domain, .type = RrType::Mx});
    if (!*mx)
        return false;
    const auto records = (*mx)->records(RrType::Mx);
    return records.size() == 1 && records.front().target.isEmpty();
}

} // namespace cockpit
