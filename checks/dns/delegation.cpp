#include "checks/dns/delegation.h"

#include "checks/dns/nameserver.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Delegation)
};

// One of them may be down; more tell the same and are not ours to bother.
constexpr size_t kParentServersAsked = 2;

// "co.uk", "uk" of "acme.co.uk": all that could be the zone above, nearest first.
QStringList namesAbove(const QString &domain)
{
    QStringList names;
    for (qsizetype dot = domain.indexOf(u'.'); dot >= 0; dot = domain.indexOf(u'.', dot + 1))
        names << domain.mid(dot + 1);
    return names;
}

struct ParentZone
{
    QString name;
    QStringList servers;
};

// The nearest name above that has name servers of its own. A resolver that is in charge of this domain alone refuses
// what stands above (RFC 8906 section 3.1.1).
Result<std::optional<ParentZone>> parentZone(const QString &domain, Observations &seen, RefusedAbove refused)
{
    const QStringList names = namesAbove(domain);
    std::vector<DnsLookup> questions;
    for (const QString &name : names)
        questions.push_back({.name = name, .type = RrType::Ns});
    const auto answers = seen.askAll(questions);
    std::optional<Error> refusal;
    for (size_t i = 0; i < answers.size(); ++i) {
        const QString &name = names[static_cast<qsizetype>(i)];
        const Result<DnsAnswer> &answer = *answers[i];
        auto gap = gapIn(questions[i], answer);
        if (gap && answer && answer->status == DnsStatus::Refused) {
            if (!refusal)
                refusal = std::move(gap);
            continue;
        }
        if (gap)
            return tl::unexpected<Error>(std::move(*gap)); // it may be this one
        if (const QStringList servers = nameServersIn(answer->answers, name); !servers.isEmpty()) {
            if (refusal)
                return tl::unexpected<Error>(std::move(*refusal)); // a nearer one may be it
            return ParentZone{name, servers};
        }
    }
    if (refusal && refused == RefusedAbove::IsError)
        return tl::unexpected<Error>(std::move(*refusal));
    return std::optional<ParentZone>();
}

std::vector<DnsLookup> questionsToParent(const QString &domain, const ParentZone &parent, Observations &seen)
{
    std::vector<DnsLookup> questions;
    const QStringList some = parent.servers.mid(0, static_cast<qsizetype>(kParentServersAsked));
    for (const NameServer &server : locateNameServers(some, seen)) {
        if (server.address && questions.size() < kParentServersAsked)
            questions.push_back(
                {.name = domain, .type = RrType::Ns, .server = server.address, .recursionDesired = false});
    }
    return questions;
}

Evidence referral(const DnsLookup &question, const ParentZone &parent, const QStringList &servers)
{
    return {
        Text::tr("NS %1, as %2 hands it down (asked %3)").arg(question.name, parent.name, question.server->toString()),
        servers.join(u'\n')};
}

} // namespace

Result<std::optional<Delegation>> delegationOf(const QString &domain, Observations &seen, RefusedAbove refused)
{
    const auto found = parentZone(domain, seen, refused);
    if (!found)
        return tl::unexpected<Error>(found.error());
    if (!*found)
        return std::optional<Delegation>();
    const ParentZone &parent = **found;
    const auto questions = questionsToParent(domain, parent, seen);
    const auto answers = seen.askAll(questions);
    std::optional<Error> gap =
        Error{ErrorKind::NotFound, Text::tr("No address of a name server of %1 could be found.").arg(parent.name), {}};
    for (size_t i = 0; i < answers.size(); ++i) {
        const Result<DnsAnswer> &answer = *answers[i];
        const QStringList servers = answer ? nameServersIn(answer->authority, domain) : QStringList();
        // A referral: nothing answered, and the way down in the authority section (RFC 1034 section 4.3.2, 3b).
        if (!servers.isEmpty() && !answer->authoritative)
            return std::optional(Delegation{parent.name, servers, referral(questions[i], parent, servers)});
        if (gap)
            gap = gapIn(questions[i], answer);
    }
    if (gap)
        return tl::unexpected<Error>(std::move(*gap));
    return std::optional<Delegation>();
}

} // namespace cockpit
