#include "checks/dns/referencelists.h"

#include "checks/dns/delegation.h"
#include "checks/dns/nameserver.h"
#include "checks/mail/dmarcrecord.h"
#include "checks/mail/spftree.h"

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Bounds: what a product of this size has, several times over.
constexpr size_t kMostOfOneKind = 60;
constexpr size_t kMostZoneQuestions = 60;

std::vector<DnsLookup> addressQuestions(const QString &name)
{
    return {{.name = name, .type = RrType::A}, {.name = name, .type = RrType::Aaaa}};
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

void addSpf(const SpfNode &node, std::vector<OpenReference> &references)
{
    const auto add = [&](const QString &spec, const QString &via, const auto &questionsAbout) {
        const auto name = senderIndependentDomain(spec, node.domain);
        if (name && *name != node.domain && references.size() < kMostOfOneKind) {
            references.push_back({{.kind = ReferenceKind::Spf, .from = node.domain, .target = *name, .via = via},
                                  questionsAbout(*name)});
        }
    };
    if (!node.parsed)
        return;
    for (const SpfTerm &term : node.parsed->reachableTerms()) {
        if (term.costsLookup() && term.mechanism != SpfMechanism::Ptr)
            add(term.domain, term.text, [&](const QString &name) { return questionsOf(term, name); });
    }
    if (const QString redirect = node.parsed->reachableRedirect(); !redirect.isEmpty())
        add(redirect, u"redirect="_s + redirect,
            [](const QString &name) { return std::vector<DnsLookup>{{.name = name, .type = RrType::Txt}}; });
    for (const SpfNode &child : node.children)
        addSpf(child, references);
}

// Names without an alias: who is an alias is no zone (RFC 1034 section 3.6.2).
std::vector<DnsLookup> delegationQuestions(const QString &domain, const FoundNames &names, const SocketAddress &server)
{
    std::vector<DnsLookup> questions;
    for (const FoundName &name : names.names) {
        const bool isBelow = name.askedAs.endsWith(u'.' + domain) && name.name == name.askedAs;
        if (isBelow && name.aliasChain().isEmpty() && questions.size() < kMostZoneQuestions)
            questions.push_back({.name = name.name, .type = RrType::Ns, .server = server, .recursionDesired = false});
    }
    return questions;
}

} // namespace

std::vector<OpenReference> aliasReferences(const FoundNames &names)
{
    std::vector<OpenReference> references;
    for (const FoundName &name : names.names) {
        const QStringList chain = name.aliasChain();
        if (!chain.isEmpty() && references.size() < kMostFoundNames)
            references.push_back({{.kind = ReferenceKind::Alias,
                                   .from = name.name,
                                   .target = chain.last(),
                                   .hops = chain,
                                   .via = {},
                                   .askedAs = name.askedAs},
                                  {{.name = name.askedAs, .type = RrType::A}}});
    }
    return references;
}

std::vector<OpenReference> mailReferences(const QString &domain, Observations &seen)
{
    std::vector<OpenReference> references;
    const auto mx = seen.ask(DnsLookup{.name = domain, .type = RrType::Mx});
    if (!*mx)
        return references;
    for (const DnsRecord &record : (*mx)->records(RrType::Mx)) {
        if (!record.target.isEmpty() && references.size() < kMostOfOneKind)
            references.push_back({{.kind = ReferenceKind::MailServer, .from = domain, .target = record.target},
                                  addressQuestions(record.target)});
    }
    return references;
}

std::vector<OpenReference> spfReferences(const QString &domain, Observations &seen)
{
    std::vector<OpenReference> references;
    if (const auto tree = walkSpf(domain, seen))
        addSpf(tree->root, references);
    return references;
}

std::vector<OpenReference> reportReferences(const QString &domain, Observations &seen)
{
    std::vector<OpenReference> references;
    const QString name = u"_dmarc."_s + domain;
    const auto answer = seen.ask(DnsLookup{.name = name, .type = RrType::Txt});
    if (!*answer)
        return references;
    for (const DnsRecord &text : (*answer)->records(RrType::Txt)) {
        const auto record = isDmarcRecord(text.text) ? parseDmarc(text.text) : tl::unexpected(QString());
        if (!record)
            continue;
        for (const QString &address : record->aggregateReports + record->failureReports) {
            const QString host = address.section(u'@', -1).toLower();
            references.push_back({{.kind = ReferenceKind::Report, .from = name, .target = host, .via = address},
                                  {{.name = host, .type = RrType::Mx}, {.name = host, .type = RrType::A}}});
        }
    }
    references.resize(std::min(references.size(), kMostOfOneKind));
    return references;
}

std::vector<OpenReference> scriptReferences(const QString &domain, const FoundNames &names)
{
    std::vector<OpenReference> references;
    for (const QString &host : names.scriptHosts) {
        if (references.size() < kMostOfOneKind)
            references.push_back(
                {{.kind = ReferenceKind::Script, .from = domain, .target = host}, addressQuestions(host)});
    }
    return references;
}

std::vector<ZoneServers> zonesOf(const QString &domain, const FoundNames &names, Observations &seen)
{
    std::vector<ZoneServers> zones;
    const auto ns = seen.ask(DnsLookup{.name = domain, .type = RrType::Ns});
    const QStringList own = *ns ? nameServersIn((*ns)->records(RrType::Ns), domain) : QStringList();
    if (own.isEmpty())
        return zones;
    zones.push_back({domain, own});
    if (const auto delegation = delegationOf(domain, seen)) {
        zones.front().servers << delegation->servers;
        zones.front().servers.removeDuplicates();
    }
    for (const NameServer &server : locateNameServers(own, seen)) {
        if (!server.address)
            continue;
        bool isHeard = false;
        for (const auto &answer : seen.askAll(delegationQuestions(domain, names, *server.address))) {
            isHeard = isHeard || *answer;
            if (!*answer || (*answer)->authoritative || (*answer)->authority.empty())
                continue;
            // A referral: nothing answered, and the way down in the authority section (RFC 1034 section 4.3.2, 3b).
            const QString zone = (*answer)->authority.front().name;
            const QStringList below = nameServersIn((*answer)->authority, zone);
            const bool isKnown = std::ranges::find(zones, zone, &ZoneServers::zone) != zones.end();
            if (!below.isEmpty() && !isKnown && zone.endsWith(u'.' + domain))
                zones.push_back({zone, below});
        }
        if (isHeard)
            break; // one that answers is enough
    }
    return zones;
}

} // namespace cockpit
