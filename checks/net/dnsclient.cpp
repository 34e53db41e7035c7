#include "checks/net/dnsclient.h"

#include "checks/net/dnsbatch.h"

#include <algorithm>
#include <iterator>

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(RrType type)
{
    switch (type) {
    case RrType::A:
        return u"A"_s;
    case RrType::Ns:
        return u"NS"_s;
    case RrType::Cname:
        return u"CNAME"_s;
    case RrType::Soa:
        return u"SOA"_s;
    case RrType::Ptr:
        return u"PTR"_s;
    case RrType::Mx:
        return u"MX"_s;
    case RrType::Txt:
        return u"TXT"_s;
    case RrType::Aaaa:
        return u"AAAA"_s;
    case RrType::Ds:
        return u"DS"_s;
    case RrType::Rrsig:
        return u"RRSIG"_s;
    case RrType::Dnskey:
        return u"DNSKEY"_s;
    case RrType::Nsec3Param:
        return u"NSEC3PARAM"_s;
    case RrType::Tlsa:
        return u"TLSA"_s;
    case RrType::Caa:
        return u"CAA"_s;
    }
    return u"TYPE%1"_s.arg(static_cast<int>(type)); // RFC 3597: answers carry types that nobody here asks for
}

QString toWord(DnsStatus status)
{
    switch (status) {
    case DnsStatus::Answered:
        return u"answered"_s;
    case DnsStatus::NoData:
        return u"nodata"_s;
    case DnsStatus::NxDomain:
        return u"nxdomain"_s;
    case DnsStatus::ServFail:
        return u"servfail"_s;
    case DnsStatus::Refused:
        return u"refused"_s;
    case DnsStatus::OtherRcode:
        return u"other"_s;
    }
    Q_UNREACHABLE();
}

std::vector<DnsRecord> DnsAnswer::records(RrType type) const
{
    std::vector<DnsRecord> found;
    std::ranges::copy_if(answers, std::back_inserter(found), [&](const DnsRecord &r) { return r.type == type; });
    return found;
}

QStringList DnsAnswer::cnameChain() const
{
    std::vector<DnsRecord> links = records(RrType::Cname);
    const auto isTarget = [&](const QString &name) {
        return std::ranges::find(links, name, &DnsRecord::target) != links.end();
    };
    // Servers may send the links in any order; the chain starts at the name that no other link leads to.
    auto link = std::ranges::find_if(links, [&](const DnsRecord &r) { return !isTarget(r.name); });
    QStringList chain;
    while (link != links.end() && !chain.contains(link->target)) {
        chain << link->target;
        link = std::ranges::find(links, chain.last(), &DnsRecord::name);
    }
    return chain;
}

std::vector<DnsLookup> addressQuestions(const QString &name)
{
    return {{.name = name, .type = RrType::A}, {.name = name, .type = RrType::Aaaa}};
}

QString DnsLookup::key() const
{
    QString plain = name.toLower();
    if (plain.endsWith(u'.'))
        plain.chop(1);
    QStringList parts{plain, toWord(type)}; // joined, not %1: the name may hold a percent sign
    if (server)
        parts << u'@' + server->toString();
    parts << (recursionDesired ? u"rd"_s : u"iterative"_s);
    if (dnssecOk)
        parts << u"do"_s;
    if (checkingDisabled)
        parts << u"cd"_s;
    if (overTcp)
        parts << u"tcp"_s;
    return parts.join(u' ');
}

Result<DnsAnswer> probe(const DnsLookup &question, ProbeContext &context)
{
    return probeAll(std::span(&question, 1), context).front();
}

std::vector<Result<DnsAnswer>> probeAll(std::span<const DnsLookup> questions, ProbeContext &context)
{
    return DnsBatch(questions, context).run();
}

} // namespace cockpit
