#include "checks/dns/zonereferences.h"

#include "checks/dns/nameserver.h"
#include "checks/net/dnsreport.h"
#include "models/hostname.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(References)
};

enum class ZoneWord {
    Serves,
    Refuses,
    Denies, // it has a zone above, in which nothing is at this name
    Unclear,
};

struct SaidBy
{
    QString server;
    DnsLookup question;
    Observations::Shared<DnsAnswer> answer;
};

// Nothing of the kind at the name: the SOA that comes along is that of the zone (RFC 2308 section 2.2).
bool isFromAbove(const DnsAnswer &nothing, const QString &zone)
{
    return std::ranges::any_of(nothing.authority, [&](const DnsRecord &record) {
        const bool isRoot = record.name.isEmpty(); // what a server answers with that has everything
        return record.type == RrType::Soa && record.name != zone && (isRoot || isWithin(zone, record.name));
    });
}

// SERVFAIL is no refusal: a server answers so too while its copy of the zone is out of date, or its disk is full.
ZoneWord wordOf(const SaidBy &one)
{
    const Result<DnsAnswer> &soa = *one.answer;
    if (!soa)
        return ZoneWord::Unclear; // silence may be the network's
    switch (soa->status) {
    case DnsStatus::Answered:
    case DnsStatus::NoData:
        if (!soa->authoritative)
            return ZoneWord::Refuses;
        return isFromAbove(*soa, one.question.name) ? ZoneWord::Denies : ZoneWord::Serves;
    case DnsStatus::NxDomain: // of its own apex no server of the zone says so
        return soa->authoritative ? ZoneWord::Denies : ZoneWord::Unclear;
    case DnsStatus::Refused:
        return ZoneWord::Refuses;
    case DnsStatus::ServFail:
    case DnsStatus::OtherRcode:
        return ZoneWord::Unclear;
    }
    Q_UNREACHABLE();
}

std::vector<SaidBy> askEach(const ZoneServers &zone, Observations &seen)
{
    std::vector<SaidBy> said;
    std::vector<DnsLookup> questions;
    for (const NameServer &place : locateNameServers(zone.servers, seen)) {
        if (!place.address)
            continue;
        questions.push_back(
            {.name = zone.zone, .type = RrType::Soa, .server = place.address, .recursionDesired = false});
        said.push_back({place.name, questions.back(), {}});
    }
    const auto answers = seen.askAll(questions);
    for (size_t i = 0; i < said.size(); ++i)
        said[i].answer = answers[i];
    return said;
}

ZoneWord together(ZoneWord one, ZoneWord other)
{
    if (one == other)
        return one;
    const auto isNo = [](ZoneWord word) { return word == ZoneWord::Refuses || word == ZoneWord::Denies; };
    return isNo(one) && isNo(other) ? ZoneWord::Denies : ZoneWord::Unclear;
}

// By all of its addresses: one that serves is enough, and one that is unclear leaves it open.
void readWords(SeenReference &server, const std::vector<SaidBy> &said)
{
    std::optional<ZoneWord> word;
    for (const SaidBy &one : said) {
        if (one.server != server.reference.target || word == ZoneWord::Serves)
            continue;
        const ZoneWord next = wordOf(one);
        if (*one.answer && next != ZoneWord::Serves)
            server.evidence.push_back(evidenceOf(one.question, **one.answer));
        if (next == ZoneWord::Unclear)
            server.why = *one.answer ? sentenceOf(one.question, **one.answer) : one.answer->error().message;
        word = next == ZoneWord::Serves || !word ? next : together(*word, next);
    }
    if (word == ZoneWord::Refuses || word == ZoneWord::Denies)
        server.state = ReferenceState::ZoneRefused;
    else if (word == ZoneWord::Unclear)
        server.state = ReferenceState::Unclear;
}

bool isRefused(const SeenReference &server)
{
    return server.state == ReferenceState::ZoneRefused;
}

bool isDenied(const std::vector<SaidBy> &said, const QString &server)
{
    return std::ranges::any_of(
        said, [&](const SaidBy &one) { return one.server == server && wordOf(one) == ZoneWord::Denies; });
}

// A resolver asks these very servers.
bool isKnownToResolver(const QString &zone, RrType type, Observations &seen)
{
    const auto answer = seen.ask(DnsLookup{.name = zone, .type = type});
    return *answer && ((*answer)->status == DnsStatus::Answered || (*answer)->status == DnsStatus::NoData);
}

// None of the zone's servers seems to know it, and the resolver does. Some servers deny a name when asked for a kind of
// record that they do not keep, or know what is below it alone: then addresses show that the zone is there.
bool isDoubtful(const ZoneServers &zone, const std::vector<SaidBy> &said, Observations &seen)
{
    const auto anySays = [&](ZoneWord word) {
        return std::ranges::any_of(said, [&](const SaidBy &one) { return wordOf(one) == word; });
    };
    if (anySays(ZoneWord::Serves))
        return false;
    return zone.hasLivingNames || isKnownToResolver(zone.zone, RrType::Soa, seen) ||
           (anySays(ZoneWord::Denies) && isKnownToResolver(zone.zone, RrType::A, seen));
}

// A server without an address serves nobody. Both families have to say that there is none.
bool hasNoAddress(const SeenReference &server, const std::vector<SaidBy> &said, Observations &seen)
{
    const QString name = server.reference.target;
    if (std::ranges::find(said, name, &SaidBy::server) != said.end())
        return false;
    return std::ranges::all_of(seen.askAll(addressQuestions(name)), [](const auto &answer) {
        return *answer && (*answer)->isConclusive() && (*answer)->records(RrType::A).empty() &&
               (*answer)->records(RrType::Aaaa).empty();
    });
}

void markUnclear(const QString &zone, std::vector<SeenReference> &servers)
{
    for (SeenReference &server : servers) {
        if (!isRefused(server))
            continue;
        server.state = ReferenceState::Unclear;
        server.why = Text::tr("Asked directly, none of the name servers knows %1, but the resolver does: direct DNS "
                              "questions are rewritten on this network, or the resolver remembers what is gone.")
                         .arg(zone);
    }
}

} // namespace

void askNameServers(const ZoneServers &zone, std::vector<SeenReference> &servers, Observations &seen)
{
    const std::vector<SaidBy> said = askEach(zone, seen);
    for (SeenReference &server : servers)
        readWords(server, said);
    if (std::ranges::none_of(servers, isRefused))
        return;
    if (isDoubtful(zone, said, seen))
        return markUnclear(zone.zone, servers);
    const bool isWholeZone = std::ranges::all_of(servers, [&](const SeenReference &server) {
        return isRefused(server) || server.state == ReferenceState::MissingName || hasNoAddress(server, said, seen);
    });
    for (SeenReference &server : servers) {
        if (!isRefused(server))
            continue;
        server.isWholeZone = isWholeZone;
        // The service refuses what is nobody's: a denial is no sign that somebody could take it.
        if (!isDenied(said, server.reference.target))
            server.service = takeoverServiceOf({server.reference.target}, TakeoverKind::Dns);
    }
    for (SeenReference &server : servers) {
        server.isWholeService =
            server.service && std::ranges::all_of(servers, [&](const SeenReference &other) {
                const auto *service = takeoverServiceOf({other.reference.target}, TakeoverKind::Dns);
                return service != server.service || (isRefused(other) && !isDenied(said, other.reference.target));
            });
    }
}

} // namespace cockpit
