#include "checks/dns/referencelists.h"

#include "checks/dns/delegation.h"
#include "checks/dns/nameserver.h"
#include "checks/mail/dmarcwalk.h"
#include "checks/mail/spftree.h"
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

// Bounds: what a product of this size has, several times over.
constexpr size_t kMostOfOneKind = 60;
constexpr qsizetype kMostZoneQuestions = 60;
constexpr qsizetype kMostNamesShown = 5;

// What does not fit is said: nobody looks at it.
void add(OpenReferences &open, OpenReference reference)
{
    if (open.references.size() < kMostOfOneKind)
        open.references.push_back(std::move(reference));
    else
        open.problems << Text::tr("There are more references of one kind than can be looked at in one go.");
}

// What a term of a record asks for when it is evaluated.
std::vector<DnsLookup> questionsOf(const SpfTerm &term, const QString &name)
{
    switch (term.mechanism) {
    case SpfMechanism::Include:
        return {{.name = name, .type = RrType::Txt}};
    case SpfMechanism::Mx:
        return {{.name = name, .type = RrType::Mx}};
    case SpfMechanism::A:
        return addressQuestions(name);
    case SpfMechanism::Exists:
        return {{.name = name, .type = RrType::A}};
    case SpfMechanism::All:
    case SpfMechanism::Ptr:
    case SpfMechanism::Ip4:
    case SpfMechanism::Ip6:
        return {};
    }
    Q_UNREACHABLE();
}

void addSpf(const SpfNode &node, OpenReferences &open)
{
    const auto addTerm = [&](const QString &spec, const QString &via, const auto &questionsAbout) {
        const auto name = senderIndependentDomain(spec, node.domain);
        if (name && *name != node.domain) {
            add(open, {{.kind = ReferenceKind::Spf, .from = node.domain, .target = *name, .via = via},
                       questionsAbout(*name)});
        }
    };
    if (!node.parsed)
        return;
    for (const SpfTerm &term : node.parsed->reachableTerms()) {
        if (term.costsLookup() && term.mechanism != SpfMechanism::Ptr)
            addTerm(term.domain, term.text, [&](const QString &name) { return questionsOf(term, name); });
    }
    if (const QString redirect = node.parsed->reachableRedirect(); !redirect.isEmpty())
        addTerm(redirect, u"redirect="_s + redirect,
                [](const QString &name) { return std::vector<DnsLookup>{{.name = name, .type = RrType::Txt}}; });
    for (const SpfNode &child : node.children)
        addSpf(child, open);
}

// Names without an alias: who is an alias is no zone (RFC 1034 section 3.6.2). Those that do not exist come last: a
// zone of theirs would have to deny its own name.
QStringList possibleZones(const QString &domain, const FoundNames &names)
{
    QStringList zones;
    QStringList unlikely;
    for (const FoundName &name : names.names) {
        const bool isOneName = isBelow(name.askedAs, domain) && name.name == name.askedAs;
        if (isOneName && name.aliasChain().isEmpty())
            (name.v4 && name.v4->status == DnsStatus::NxDomain ? unlikely : zones) << name.name;
    }
    // Of the unlikely ones as many as there is room for; of the others each is wanted.
    return zones + unlikely.mid(0, std::max<qsizetype>(kMostZoneQuestions - zones.size(), 0));
}

std::vector<DnsLookup> delegationQuestions(const QStringList &zones, const SocketAddress &server)
{
    std::vector<DnsLookup> questions;
    questions.reserve(static_cast<size_t>(zones.size()));
    for (const QString &zone : zones)
        questions.push_back({.name = zone, .type = RrType::Ns, .server = server, .recursionDesired = false});
    return questions;
}

// Who is in charge of the domain says what it has, or leads down to a zone below. What any other server says about the
// name is worth nothing.
bool isHeard(const Result<DnsAnswer> &answer, const QString &domain)
{
    if (!answer || !answer->isConclusive())
        return false;
    return answer->authoritative || std::ranges::any_of(answer->authority, [&](const DnsRecord &record) {
               return record.type == RrType::Ns && isBelow(record.name, domain);
           });
}

void addReports(const QString &name, const std::vector<QByteArray> &texts, OpenReferences &open)
{
    for (const QByteArray &text : texts) {
        const auto record = parseDmarc(text);
        if (!record)
            continue;
        for (const QString &address : record->aggregateReports + record->failureReports) {
            const QString host = address.section(u'@', -1).toLower();
            add(open, {{.kind = ReferenceKind::Report, .from = name, .target = host, .via = address},
                       {{.name = host, .type = RrType::Mx}, {.name = host, .type = RrType::A}}});
        }
    }
}

// A referral: nothing answered, and the way down in the authority section (RFC 1034 section 4.3.2, 3b).
void addZoneBelow(const QString &domain, const Result<DnsAnswer> &answer, std::vector<ZoneServers> &zones)
{
    if (!answer || answer->authoritative || answer->authority.empty())
        return;
    const QString zone = answer->authority.front().name;
    const QStringList below = nameServersIn(answer->authority, zone);
    const bool isKnown = std::ranges::find(zones, zone, &ZoneServers::zone) != zones.end();
    if (!below.isEmpty() && !isKnown && isBelow(zone, domain))
        zones.push_back({zone, below});
}

// One server after the other, about the names that no server before it said anything about. What stays open is a
// problem.
void findZonesBelow(FoundZones &found, const QString &domain, const FoundNames &names, const QStringList &servers,
                    Observations &seen)
{
    const QStringList wanted = possibleZones(domain, names);
    const QStringList all = wanted.mid(0, kMostZoneQuestions);
    if (all.size() < wanted.size())
        found.problems << Text::tr("Which of %1 names are handed on to other name servers is more than can be asked in "
                                   "one go; %2 were asked about.")
                              .arg(QString::number(wanted.size()), QString::number(all.size()));
    QStringList open = all;
    for (const NameServer &server : locateNameServers(servers, seen)) {
        if (!server.address || open.isEmpty())
            continue;
        const auto answers = seen.askAll(delegationQuestions(open, *server.address));
        QStringList unheard;
        for (size_t i = 0; i < answers.size(); ++i) {
            addZoneBelow(domain, *answers[i], found.zones);
            if (!isHeard(*answers[i], domain))
                unheard << open[static_cast<qsizetype>(i)];
        }
        open = unheard;
    }
    if (open.isEmpty())
        return;
    found.problems
        << (open == all ? Text::tr("None of the name servers of %1 could be asked which names it hands on.").arg(domain)
                        : Text::tr("None of the name servers of %1 says whether it hands on: %2")
                              .arg(domain, open.mid(0, kMostNamesShown).join(u", "_s)));
}

} // namespace

OpenReferences aliasReferences(const FoundNames &names)
{
    OpenReferences open;
    for (const FoundName &name : names.names) {
        // Where the servers behind an alias fail, a resolver does not even show the alias.
        if (const QString problem = name.problem(); !problem.isEmpty())
            open.problems << problem;
        const QStringList chain = name.aliasChain();
        if (!chain.isEmpty()) // no more than kMostFoundNames, and the wildcard
            open.references.push_back({{.kind = ReferenceKind::Alias,
                                        .from = name.name,
                                        .target = chain.last(),
                                        .hops = chain,
                                        .via = {},
                                        .askedAs = name.askedAs},
                                       {{.name = name.askedAs, .type = RrType::A}}});
    }
    return open;
}

OpenReferences mailReferences(const QString &domain, Observations &seen)
{
    OpenReferences open;
    const DnsLookup question{.name = domain, .type = RrType::Mx};
    const auto mx = seen.ask(question);
    if (const QString problem = problemOf(question, *mx); !problem.isEmpty())
        return {{}, {problem}};
    for (const DnsRecord &record : (*mx)->records(RrType::Mx)) {
        if (!record.target.isEmpty())
            add(open, {{.kind = ReferenceKind::MailServer, .from = domain, .target = record.target},
                       addressQuestions(record.target)});
    }
    return open;
}

OpenReferences spfReferences(const QString &domain, Observations &seen)
{
    const auto tree = walkSpf(domain, seen);
    if (!tree)
        return {{}, {tree.error().message}};
    OpenReferences open;
    open.problems = gapsIn(*tree);
    addSpf(tree->root, open);
    return open;
}

OpenReferences reportReferences(const QString &domain, Observations &seen)
{
    const std::vector<DmarcLevel> levels = askForLevels(domain, seen);
    OpenReferences open;
    if (const DmarcLevel *undecided = undecidedLevel(levels, registrableDomain(domain))) {
        const DnsLookup question{.name = u"_dmarc."_s + undecided->domain, .type = RrType::Txt};
        open.problems << problemOf(question, *seen.ask(question));
    }
    const auto addLevel = [&](const DmarcLevel &level) { addReports(u"_dmarc."_s + level.domain, level.texts, open); };
    const auto found = discoverByTreeWalk(levels);
    if (!levels.front().texts.empty())
        addLevel(levels.front()); // nobody asks further up
    else if (found.level && found.isInherited)
        addLevel(*found.level);
    return open;
}

OpenReferences scriptReferences(const QString &domain, const FoundNames &names)
{
    OpenReferences open;
    for (const QString &host : names.scriptHosts) {
        const QString target = withoutWildcard(host);
        add(open, {{.kind = ReferenceKind::Script,
                    .from = domain,
                    .target = target,
                    .hops = {},
                    .via = target == host ? QString() : host},
                   addressQuestions(target)});
    }
    return open;
}

FoundZones zonesOf(const QString &domain, const FoundNames &names, Observations &seen)
{
    const DnsLookup question{.name = domain, .type = RrType::Ns};
    const auto ns = seen.ask(question);
    if (const QString problem = problemOf(question, *ns); !problem.isEmpty())
        return {{}, {problem}};
    const QStringList own = nameServersIn((*ns)->records(RrType::Ns), domain);
    if (own.isEmpty())
        return {};
    FoundZones found{{{domain, own}}, {}};
    const auto delegation = delegationOf(domain, seen);
    if (!delegation) { // it may lead to servers that the domain does not list
        found.problems << delegation.error().message;
    } else if (*delegation) {
        found.zones.front().servers << (*delegation)->servers;
        found.zones.front().servers.removeDuplicates();
    }
    findZonesBelow(found, domain, names, own, seen);
    for (ZoneServers &zone : found.zones) {
        zone.hasLivingNames = std::ranges::any_of(
            names.names, [&](const FoundName &name) { return name.hasAddress() && isBelow(name.askedAs, zone.zone); });
    }
    return found;
}

} // namespace cockpit
