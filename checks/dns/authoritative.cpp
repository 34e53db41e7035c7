#include "checks/dns/authoritative.h"

#include "checks/dns/namelook.h"
#include "checks/dns/nameserver.h"
#include "checks/engine/lookgaps.h"
#include "checks/net/dnsreport.h"
#include "models/hostname.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <iterator>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Authoritative)
};

constexpr auto kId = "dns.authoritative"_L1;

Error noAddress(const QString &name)
{
    return {ErrorKind::NotFound, Text::tr("The name server %1 has no address.").arg(name)};
}

// All that a server is asked goes out together.
std::vector<DnsLookup> questionsTo(const SocketAddress &server, const QString &domain)
{
    const DnsLookup soa{.name = domain, .type = RrType::Soa, .server = server, .recursionDesired = false};
    DnsLookup overTcp = soa;
    overTcp.overTcp = true;
    DnsLookup ns = soa;
    ns.type = RrType::Ns;
    return {soa, overTcp, ns};
}

std::vector<ServerAnswer> askEach(const std::vector<NameServer> &places, const QString &domain, Observations &seen,
                                  std::vector<Evidence> &evidence)
{
    std::vector<DnsLookup> questions;
    for (const NameServer &place : places) {
        if (place.address)
            std::ranges::move(questionsTo(*place.address, domain), std::back_inserter(questions));
    }
    const auto answers = seen.askAll(questions);
    std::vector<ServerAnswer> servers;
    size_t next = 0;
    for (const NameServer &place : places) {
        if (!place.address) {
            servers.push_back({place.name, std::nullopt, tl::unexpected<Error>(noAddress(place.name))});
            continue;
        }
        servers.push_back({place.name, place.address, *answers[next], *answers[next + 1], *answers[next + 2]});
        if (servers.back().soa)
            evidence.push_back(evidenceOf(questions[next], *servers.back().soa));
        next += 3;
    }
    return servers;
}

// The zone that a name is part of, when it has none of its own: the SOA beside "no such record" names it (RFC 2308
// section 3).
std::optional<QString> zoneAround(const QString &name, const DnsAnswer &answer)
{
    const auto isAround = [&](const DnsRecord &r) { return r.type == RrType::Soa && isBelow(name, r.name); };
    const auto soa = std::ranges::find_if(answer.authority, isAround);
    if (answer.status != DnsStatus::NoData || soa == answer.authority.end())
        return std::nullopt;
    return soa->name;
}

// Servers that the zone above named at the last look, or of which that did not know either; without those named now.
QStringList namedBefore(const QJsonObject &before, const QStringList &now)
{
    QStringList servers = unseenSubjects(before);
    for (const QJsonValue server : before["delegation"_L1]["servers"_L1].toArray())
        servers << server.toString();
    return notAskedAgain(servers, [&](const QString &server) { return server.isEmpty() || now.contains(server); });
}

// There was a zone above, or whatever it leads to was left open.
bool hasZoneAbove(const QJsonObject &before)
{
    Finding differs;
    differs.code = u"delegation_differs"_s;
    CheckResult last;
    last.outcome = Outcome::Info;
    last.observed = before;
    return before["delegation"_L1].isObject() || !hasSeen(last, differs) || !namedBefore(before, {}).isEmpty();
}

Judged lookAtThem(const Look &look, const QJsonObject &before)
{
    QString domain = look.target.domain;
    DnsLookup question{.name = domain, .type = RrType::Ns};
    auto ns = look.seen.ask(question);
    if (const auto zone = *ns ? zoneAround(domain, **ns) : std::nullopt) {
        domain = question.name = *zone;
        ns = look.seen.ask(question);
    }
    if (!*ns)
        return couldNotLook(ns->error());
    QStringList names = nameServersIn((*ns)->records(RrType::Ns), domain);
    std::vector<Evidence> evidence{evidenceOf(question, **ns)};
    Judged judged;
    if (names.isEmpty()) {
        judged = judgeNoServers(question, **ns);
    } else {
        const auto delegation =
            delegationOf(domain, look.seen, hasZoneAbove(before) ? RefusedAbove::IsError : RefusedAbove::IsNone);
        if (delegation && *delegation) {
            names += (*delegation)->servers; // who the domain does not name is asked by visitors all the same
            names.sort();
            names.removeDuplicates();
            evidence.push_back((*delegation)->evidence);
        }
        const auto servers = askEach(locateNameServers(names, look.seen), domain, look.seen, evidence);
        judged =
            judgeAuthoritative(domain, servers, delegation, delegation ? QStringList() : namedBefore(before, names));
    }
    judged.evidence = std::move(evidence);
    return judged;
}

Judged lookAtServers(const Look &look)
{
    const QJsonObject before = look.facts.lastObserved(QString(kId));
    Judged judged = lookAtThem(look, before);
    keepInMind(namedBefore(before, {}), judged);
    return judged;
}

} // namespace

Check authoritativeCheck()
{
    return {.id = QString(kId),
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {},
            .look = lookAtServers};
}

} // namespace cockpit
