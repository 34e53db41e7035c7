#include "checks/mail/danelookup.h"

#include "checks/net/dnsreport.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString placeOf(const QString &base)
{
    return u"_25._tcp."_s + base;
}

// The last name of the alias that a host is; empty when it is none.
QString expandedName(const QString &host, Observations &seen)
{
    const auto answer = seen.ask(DnsLookup{.name = host, .type = RrType::A}); // has been asked for its address
    const QStringList chain = *answer ? (*answer)->cnameChain() : QStringList();
    return chain.isEmpty() ? QString() : chain.last();
}

std::vector<Observations::Shared<ProvenAnswer>> addressesOf(const QString &host, const QDateTime &now,
                                                            Observations &seen)
{
    return seen.askAll(std::vector<SecureLookup>{{host, RrType::A, now}, {host, RrType::Aaaa, now}});
}

bool hasAddresses(const DnsAnswer &answer)
{
    return !answer.records(RrType::A).empty() || !answer.records(RrType::Aaaa).empty();
}

// How well the addresses of a host are proven, and with them every step of an alias that leads there.
SecurityStatus proofOfAddresses(const QString &host, const QDateTime &now, Observations &seen)
{
    using enum SecurityStatus;
    bool isUnsigned = false;
    SecurityStatus proof = Insecure; // no address at all
    for (const auto &answer : addressesOf(host, now, seen)) {
        const bool isKnown = *answer && (*answer)->answer.isConclusive();
        const SecurityStatus one = isKnown ? (*answer)->proof : Unknown;
        if (one == Secure)
            return Secure;
        isUnsigned = isUnsigned || (one == Insecure && hasAddresses((*answer)->answer));
        if (one == Bogus || (one == Unknown && proof != Bogus))
            proof = one;
    }
    return isUnsigned ? Insecure : proof; // a zone signs the addresses of both families, or of none
}

// Senders ask for TLSA records only of a host whose addresses are proven (RFC 7672 section 2.2.2); some name servers
// choke on the question, and nobody minds where nobody asks.
bool isAskedFor(const QString &host, const QDateTime &now, Observations &seen)
{
    return proofOfAddresses(host, now, seen) != SecurityStatus::Insecure;
}

DaneLook read(const Result<ProvenAnswer> &answer, const QString &host, const QDateTime &now, Observations &seen)
{
    if (answer && answer->answer.isConclusive())
        return readDane(*answer);
    if (!isAskedFor(host, now, seen))
        return {};
    DaneLook look{DaneState::Unknown, {}};
    if (!answer)
        look.problem = answer.error();
    return look;
}

HostDane daneOf(const QString &host, const QDateTime &now, Observations &seen)
{
    const QString expanded = expandedName(host, seen);
    std::vector<DanePlace> places;
    if (!expanded.isEmpty())
        places.push_back({expanded, proofOfAddresses(host, now, seen), {}});
    places.push_back({host, SecurityStatus::Secure, {}});
    std::vector<SecureLookup> questions;
    questions.reserve(places.size());
    for (const DanePlace &place : places)
        questions.push_back({placeOf(place.base), RrType::Tlsa, now});
    const auto answers = seen.askAll(questions);
    HostDane found;
    found.evidence.reserve(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i].look = read(*answers[i], host, now, seen);
        if (*answers[i] && places[i].look.state != DaneState::Absent)
            found.evidence.push_back(
                evidenceOf({.name = questions[i].name, .type = RrType::Tlsa}, (*answers[i])->answer));
    }
    found.look = chooseDane(places);
    return found;
}

// The records at a place as a sender sees them who comes by the way that leads there.
DaneLook seenFrom(const DanePlace &place)
{
    DaneLook look = place.look;
    look.base = place.base;
    switch (place.way) {
    case SecurityStatus::Secure:
        break;
    case SecurityStatus::Insecure:
        look.isAliasAtFault = look.state == DaneState::Secure;
        look.state = look.records.empty() ? DaneState::Absent : DaneState::Unsigned;
        break;
    case SecurityStatus::Bogus:
    case SecurityStatus::Unknown:
        look.state = DaneState::Unknown;
        break;
    }
    return look;
}

} // namespace

DaneLook chooseDane(const std::vector<DanePlace> &places)
{
    DaneLook chosen;
    for (const DanePlace &place : places) {
        DaneLook look = seenFrom(place);
        if (look.state != DaneState::Absent && look.state != DaneState::Unsigned)
            return look;
        if (chosen.state == DaneState::Absent)
            chosen = look;
    }
    return chosen;
}

std::map<QString, HostDane> daneOfHosts(const QStringList &hosts, const QDateTime &now, Observations &seen)
{
    // All at once; each host's own questions are remembered then.
    std::vector<SecureLookup> questions;
    questions.reserve(static_cast<std::size_t>(hosts.size()));
    for (const QString &host : hosts)
        questions.push_back({placeOf(host), RrType::Tlsa, now});
    seen.askAll(questions);
    std::map<QString, HostDane> found;
    for (const QString &host : hosts)
        found.emplace(host, daneOf(host, now, seen));
    return found;
}

} // namespace cockpit
