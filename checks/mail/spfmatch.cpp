#include "checks/mail/spfmatch.h"

#include "checks/mail/spftree.h"
#include "checks/net/dnsname.h"
#include "models/hostname.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SpfEvaluation)
};

// Section 4.6.4: of the names of one MX or PTR answer.
constexpr qsizetype kMostNames = 10;

bool isV4(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv4Protocol;
}

RrType addressTypeOf(const QHostAddress &client)
{
    return isV4(client) ? RrType::A : RrType::Aaaa;
}

// The client's names that lead back to it (section 5.5). Failures on the way only make the list shorter.
QStringList validatedNames(const QHostAddress &client, Observations &seen)
{
    const auto pointers = seen.ask(DnsLookup{.name = reverseNameOf(client.toString()), .type = RrType::Ptr});
    if (!*pointers)
        return {};
    std::vector<DnsLookup> questions;
    for (const DnsRecord &pointer : (*pointers)->records(RrType::Ptr)) {
        if (questions.size() < kMostNames)
            questions.push_back({.name = pointer.target, .type = addressTypeOf(client)});
    }
    QStringList names;
    const auto answers = seen.askAll(questions);
    for (size_t i = 0; i < questions.size(); ++i) {
        const auto addresses = *answers[i] ? (*answers[i])->records(questions[i].type) : std::vector<DnsRecord>();
        const bool leadsBack = std::ranges::any_of(
            addresses, [&](const DnsRecord &record) { return QHostAddress(record.address) == client; });
        if (leadsBack)
            names << questions[i].name;
    }
    return names;
}

} // namespace

bool SpfMatcher::countLookup()
{
    return ++m_lookups <= kSpfLookupLimit;
}

QString SpfMatcher::limitPassed() const
{
    return m_lookups > kSpfLookupLimit
               ? Text::tr("The record needs more than %1 look-ups for this sender.").arg(kSpfLookupLimit)
               : Text::tr("More than %1 of the record's look-ups find nothing.").arg(kSpfVoidLimit);
}

RrType SpfMatcher::addressType() const
{
    return addressTypeOf(m_client);
}

SpfMatcher::Found SpfMatcher::lookUp(const QString &name, RrType type)
{
    // What cannot be asked for cannot match (section 4.8); it costs nobody a question either.
    if (!normaliseDnsName(name))
        return {};
    const auto answer = m_seen.ask(DnsLookup{.name = name, .type = type});
    if (!*answer)
        return {.failure = SpfMatch::TempError};
    switch ((*answer)->status) {
    case DnsStatus::Answered:
        break;
    case DnsStatus::NoData:
    case DnsStatus::NxDomain:
        return {.failure = ++m_voidLookups > kSpfVoidLimit ? SpfMatch::OverLimit : SpfMatch::No};
    case DnsStatus::ServFail:
    case DnsStatus::Refused:
    case DnsStatus::OtherRcode:
        return {.failure = SpfMatch::TempError};
    }
    return {.records = (*answer)->records(type)};
}

bool SpfMatcher::isInNetwork(const QString &address, const SpfTerm &term) const
{
    const int prefix = isV4(m_client) ? term.v4Prefix : term.v6Prefix;
    return m_client.isInSubnet(QHostAddress(address), prefix);
}

SpfMatch SpfMatcher::matchAddresses(const QString &name, const SpfTerm &term)
{
    const Found found = lookUp(name, addressType());
    const bool hit =
        std::ranges::any_of(found.records, [&](const DnsRecord &r) { return isInNetwork(r.address, term); });
    return hit ? SpfMatch::Yes : found.failure;
}

SpfMatch SpfMatcher::matchMailServers(const QString &name, const SpfTerm &term)
{
    Found found = lookUp(name, RrType::Mx);
    if (found.records.size() > kMostNames)
        return SpfMatch::PermError;
    std::ranges::stable_sort(found.records, {}, &DnsRecord::preference);
    for (const DnsRecord &server : found.records) {
        if (const SpfMatch match = matchAddresses(server.target, term); match != SpfMatch::No)
            return match;
    }
    return found.failure;
}

SpfMatch SpfMatcher::matchReverseName(const QString &target)
{
    // A failed look-up is no match here (section 5.5), but a client without a name counts among what finds nothing.
    if (lookUp(reverseNameOf(m_client.toString()), RrType::Ptr).failure == SpfMatch::OverLimit)
        return SpfMatch::OverLimit;
    const QStringList names = validatedNames(m_client, m_seen);
    const bool hit = std::ranges::any_of(names, [&](const QString &name) { return isWithin(name, target.toLower()); });
    return hit ? SpfMatch::Yes : SpfMatch::No;
}

SpfMatch SpfMatcher::matchExistence(const QString &name)
{
    const Found found = lookUp(name, RrType::A); // A, also for IPv6 clients (section 5.7)
    return found.records.empty() ? found.failure : SpfMatch::Yes;
}

SpfMatch SpfMatcher::match(const SpfTerm &term, const QString &target)
{
    switch (term.mechanism) {
    case SpfMechanism::All:
        return SpfMatch::Yes;
    case SpfMechanism::Ip4:
    case SpfMechanism::Ip6: {
        const auto client = parseIpNetwork(m_client.toString());
        return client && term.network->contains(*client) ? SpfMatch::Yes : SpfMatch::No;
    }
    case SpfMechanism::A:
        return matchAddresses(target, term);
    case SpfMechanism::Mx:
        return matchMailServers(target, term);
    case SpfMechanism::Ptr:
        return matchReverseName(target);
    case SpfMechanism::Exists:
        return matchExistence(target);
    case SpfMechanism::Include:
        break; // evaluates another record: the caller's part
    }
    Q_UNREACHABLE();
}

QString validatedClientName(const QHostAddress &client, const QString &domain, Observations &seen)
{
    const QStringList names = validatedNames(client, seen);
    const auto pick = [&](auto fits) {
        const auto it = std::ranges::find_if(names, fits);
        return it == names.end() ? QString() : *it;
    };
    if (QString same = pick([&](const QString &name) { return name == domain.toLower(); }); !same.isEmpty())
        return same;
    if (QString below = pick([&](const QString &name) { return isWithin(name, domain.toLower()); }); !below.isEmpty())
        return below;
    return names.isEmpty() ? u"unknown"_s : names.front();
}

} // namespace cockpit
