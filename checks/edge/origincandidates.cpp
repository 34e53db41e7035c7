#include "checks/edge/origincandidates.h"

#include "checks/dns/foundnames.h"
#include "checks/mail/spfrecord.h"
#include "checks/net/dnsclient.h"
#include "checks/net/httpclient.h"
#include "checks/web/address.h"
#include "checks/web/altservices.h"
#include "models/providers.h"

#include <QHostAddress>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostAnnouncedDoors = 8;

bool isOfSharedNetwork(const QString &address)
{
    return std::ranges::any_of(knownProviders(),
                               [&](const Provider &p) { return matchesAddress(p.addresses, address); });
}

// Another network that answers for the product on purpose, as a door may (RFC 7838 section 2).
bool isOfEdge(const QString &name)
{
    return std::ranges::any_of(knownProviders(), [&](const Provider &p) {
        return p.is(ProviderKind::Edge) && !p.is(ProviderKind::Hosting) && matchesHost(p.cname, name);
    });
}

bool isOfMailCompany(const QString &name)
{
    return std::ranges::any_of(knownProviders(), [&](const Provider &p) { return matchesHost(p.mx, name); });
}

void add(OriginCandidates &all, const QString &address, const QString &source)
{
    if (isOfSharedNetwork(address))
        return;
    const auto known = std::ranges::find(all.addresses, address, &OriginCandidate::address);
    if (known == all.addresses.end())
        all.addresses.push_back({address, {source}});
    else if (!known->learntFrom.contains(source))
        known->learntFrom << source;
}

void addRecords(OriginCandidates &all, const Result<DnsAnswer> &answer, const QString &source)
{
    if (!answer)
        return;
    for (const RrType type : {RrType::A, RrType::Aaaa}) {
        for (const DnsRecord &record : answer->records(type))
            add(all, record.address, source);
    }
}

// The hosts that take its mail, where they are its own: on a small product the one server does it all.
void addMailHosts(OriginCandidates &all, const Look &look)
{
    const auto mx = look.seen.ask(DnsLookup{.name = look.target.domain, .type = RrType::Mx});
    if (!*mx) {
        all.notes << mx->error().message;
        return;
    }
    std::vector<DnsLookup> questions;
    for (const DnsRecord &record : (*mx)->records(RrType::Mx)) {
        if (record.target.isEmpty() || isOfMailCompany(record.target))
            continue;
        questions.push_back({.name = record.target, .type = RrType::A});
        questions.push_back({.name = record.target, .type = RrType::Aaaa});
    }
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < answers.size(); ++i)
        addRecords(all, *answers[i], questions[i].name);
}

void addSenders(OriginCandidates &all, const Look &look)
{
    const auto texts = look.seen.ask(DnsLookup{.name = look.target.domain, .type = RrType::Txt});
    if (!*texts) {
        all.notes << texts->error().message;
        return;
    }
    for (const DnsRecord &record : (*texts)->records(RrType::Txt)) {
        for (const QString &address : addressesInSpf(record.text))
            add(all, address, u"SPF"_s);
    }
}

// Other doors that the hosts themselves announce to every browser (Alt-Svc), each once.
QStringList announcedDoors(const Look &look)
{
    QStringList doors;
    for (const Host &host : look.target.hosts) {
        if (host.role == HostRole::Mail)
            continue;
        const auto answer = look.seen.ask(HttpGet{httpsAddress(host)});
        if (!*answer) // who asked for the page says why there is none
            continue;
        for (const AltService &service : parseAltServices((*answer)->headerValues("alt-svc")).services) {
            const bool isKnown =
                doors.contains(service.host) ||
                std::ranges::find(look.target.hosts, service.host, &Host::name) != look.target.hosts.end();
            if (!service.host.isEmpty() && !isKnown && !isOfEdge(service.host))
                doors << service.host;
        }
    }
    return doors.first(std::min(doors.size(), kMostAnnouncedDoors));
}

void addAnnouncedDoors(OriginCandidates &all, const Look &look)
{
    std::vector<DnsLookup> questions;
    for (const QString &door : announcedDoors(look)) {
        if (!QHostAddress(door).isNull()) {
            add(all, door, u"Alt-Svc"_s);
            continue;
        }
        questions.push_back({.name = door, .type = RrType::A});
        questions.push_back({.name = door, .type = RrType::Aaaa});
    }
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < answers.size(); ++i)
        addRecords(all, *answers[i], questions[i].name);
}

} // namespace

QStringList addressesInSpf(const QByteArray &record)
{
    QStringList addresses;
    if (!isSpfRecord(record))
        return addresses;
    const auto parsed = parseSpf(record);
    if (!parsed)
        return addresses;
    for (const SpfTerm &term : parsed->terms) {
        if (term.network && term.network->prefix == term.network->longestPrefix())
            addresses << term.text.section(u':', 1).section(u'/', 0, 0);
    }
    return addresses;
}

Result<OriginCandidates> originCandidates(const Look &look)
{
    const auto names = look.seen.ask(FindNames{look.target, look.facts.listedNames});
    if (!*names)
        return tl::unexpected<Error>(names->error());
    OriginCandidates all;
    all.notes = (*names)->notes;
    for (const FoundName &found : (*names)->names) {
        addRecords(all, found.v4, found.name);
        if (found.v6)
            addRecords(all, *found.v6, found.name);
    }
    addMailHosts(all, look);
    addSenders(all, look);
    addAnnouncedDoors(all, look);
    return all;
}

} // namespace cockpit
