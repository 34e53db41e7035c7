#include "checks/net/missingdomain.h"

#include "checks/net/dnsclient.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MissingDomain)
};

// An alias is a name, too: the status is that of the end of its chain (RFC 6604).
bool deniesTheName(const Result<DnsAnswer> &answer)
{
    return answer && answer->status == DnsStatus::NxDomain && answer->cnameChain().isEmpty();
}

} // namespace

bool isMissingDomain(const QString &domain, Observations &seen)
{
    const std::vector<DnsLookup> questions{{.name = domain, .type = RrType::Txt}, {.name = domain, .type = RrType::A}};
    return std::ranges::all_of(seen.askAll(questions), [](const auto &answer) { return deniesTheName(*answer); });
}

Judged unlessMissing(Judged judged, const QString &domain, Observations &seen)
{
    if (!isMissingDomain(domain, seen))
        return judged;
    Judged none =
        notRun(Text::tr("%1 does not exist in DNS. (The check \"dns.resolution\" looks into that.)").arg(domain));
    none.observed = std::move(judged.observed);
    none.evidence = std::move(judged.evidence);
    return none;
}

} // namespace cockpit
