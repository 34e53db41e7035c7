#include "checks/dns/zonereferences.h"

#include "checks/dns/nameserver.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(References)
};

enum class ZoneWord { Serves, Refuses, Unclear };

// SERVFAIL is no refusal: a server answers so too while its copy of the zone is out of date, or its disk is full.
ZoneWord wordOf(const Result<DnsAnswer> &soa)
{
    if (!soa)
        return ZoneWord::Unclear; // silence may be the network's
    switch (soa->status) {
    case DnsStatus::Answered:
    case DnsStatus::NoData:
        return soa->authoritative ? ZoneWord::Serves : ZoneWord::Refuses;
    case DnsStatus::NxDomain:
        return soa->authoritative ? ZoneWord::Serves : ZoneWord::Unclear;
    case DnsStatus::Refused:
        return ZoneWord::Refuses;
    case DnsStatus::ServFail:
    case DnsStatus::OtherRcode:
        return ZoneWord::Unclear;
    }
    Q_UNREACHABLE();
}

struct SaidBy
{
    QString server;
    DnsLookup question;
    Observations::Shared<DnsAnswer> answer;
};

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

// By all of its addresses: one that serves is enough, and one that is unclear leaves it open.
void readWords(SeenReference &server, const std::vector<SaidBy> &said)
{
    std::optional<ZoneWord> word;
    for (const SaidBy &one : said) {
        if (one.server != server.reference.target || word == ZoneWord::Serves)
            continue;
        const ZoneWord next = wordOf(*one.answer);
        if (*one.answer && next != ZoneWord::Serves)
            server.evidence.push_back(evidenceOf(one.question, **one.answer));
        if (next == ZoneWord::Unclear)
            server.why = *one.answer ? sentenceOf(one.question, **one.answer) : one.answer->error().message;
        word = next == ZoneWord::Serves || !word ? next : word == next ? next : ZoneWord::Unclear;
    }
    if (word == ZoneWord::Refuses)
        server.state = ReferenceState::ZoneRefused;
    else if (word == ZoneWord::Unclear)
        server.state = ReferenceState::Unclear;
}

bool isRefused(const SeenReference &server)
{
    return server.state == ReferenceState::ZoneRefused;
}

// A resolver asks these very servers.
bool isKnownToResolver(const QString &zone, Observations &seen)
{
    const auto soa = seen.ask(DnsLookup{.name = zone, .type = RrType::Soa});
    return *soa && ((*soa)->status == DnsStatus::Answered || (*soa)->status == DnsStatus::NoData);
}

void markUnclear(const QString &zone, std::vector<SeenReference> &servers)
{
    for (SeenReference &server : servers) {
        if (!isRefused(server))
            continue;
        server.state = ReferenceState::Unclear;
        server.why = Text::tr("Asked directly, none of the name servers knows %1, but the resolver does: direct DNS "
                              "questions are rewritten on this network.")
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
    const bool anyServes =
        std::ranges::any_of(said, [](const SaidBy &one) { return wordOf(*one.answer) == ZoneWord::Serves; });
    if (!anyServes && isKnownToResolver(zone.zone, seen))
        return markUnclear(zone.zone, servers);
    // A server without an address serves nobody either.
    const bool isWholeZone = std::ranges::all_of(servers, [](const SeenReference &server) {
        return isRefused(server) || server.state == ReferenceState::MissingName;
    });
    for (SeenReference &server : servers) {
        if (!isRefused(server))
            continue;
        server.isWholeZone = isWholeZone;
        server.service = takeoverServiceOf({server.reference.target}, TakeoverKind::Dns);
    }
    for (SeenReference &server : servers) {
        server.isWholeService = server.service && std::ranges::all_of(servers, [&](const SeenReference &other) {
                                    const auto *service =
                                        takeoverServiceOf({other.reference.target}, TakeoverKind::Dns);
                                    return service != server.service || isRefused(other);
                                });
    }
}

} // namespace cockpit
