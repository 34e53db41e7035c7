#include "checks/dns/delegation.h"

#include "checks/dns/nameserver.h"

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

// The nearest name above that has name servers of its own.
std::optional<ParentZone> parentZone(const QString &domain, Observations &seen)
{
    const QStringList names = namesAbove(domain);
    std::vector<DnsLookup> questions;
    for (const QString &name : names)
        questions.push_back({.name = name, .type = RrType::Ns});
    const auto answers = seen.askAll(questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        const QString &name = names[static_cast<qsizetype>(i)];
        if (!*answers[i])
            return std::nullopt; // it may be this one
        if (const QStringList servers = nameServersIn((*answers[i])->answers, name); !servers.isEmpty())
            return ParentZone{name, servers};
    }
    return std::nullopt;
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

std::optional<Delegation> delegationOf(const QString &domain, Observations &seen)
{
    const auto parent = parentZone(domain, seen);
    if (!parent)
        return std::nullopt;
    const auto questions = questionsToParent(domain, *parent, seen);
    const auto answers = seen.askAll(questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        const Result<DnsAnswer> &answer = *answers[i];
        // A referral: nothing answered, and the way down in the authority section (RFC 1034 section 4.3.2, 3b).
        if (!answer || answer->authoritative)
            continue;
        const QStringList servers = nameServersIn(answer->authority, domain);
        if (!servers.isEmpty())
            return Delegation{parent->name, servers, referral(questions[i], *parent, servers)};
    }
    return std::nullopt;
}

} // namespace cockpit
