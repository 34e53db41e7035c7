#include "checks/dns/propagation.h"

#include "checks/dns/nameserver.h"
#include "checks/net/dnsreport.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Two servers are enough to know what the domain says today, and to see when it says different things at once.
constexpr size_t kMostOwners = 2;

std::vector<DnsLookup> questionsAbout(const Target &target)
{
    std::vector<DnsLookup> questions{{.name = target.domain, .type = RrType::Ns},
                                     {.name = target.domain, .type = RrType::Mx},
                                     {.name = target.domain, .type = RrType::Txt}};
    for (const Host &host : target.hosts) {
        questions.push_back({.name = host.name, .type = RrType::A});
        questions.push_back({.name = host.name, .type = RrType::Aaaa});
    }
    return questions;
}

std::vector<SocketAddress> ownersOf(const QString &domain, Observations &seen)
{
    const auto ns = seen.ask(DnsLookup{.name = domain, .type = RrType::Ns});
    if (!*ns)
        return {};
    std::vector<SocketAddress> addresses;
    for (const NameServer &server : locateNameServers(nameServersIn((*ns)->answers, domain), seen)) {
        if (server.address && addresses.size() < kMostOwners)
            addresses.push_back(*server.address);
    }
    return addresses;
}

Judged lookAtPropagation(const Look &look)
{
    PropagationFacts facts{resolversToCompare(look.seen.options()), {}};
    const std::vector<SocketAddress> owners = ownersOf(look.target.domain, look.seen);
    std::vector<DnsLookup> all;
    const std::vector<DnsLookup> questions = questionsAbout(look.target);
    for (const DnsLookup &question : questions) {
        for (const SocketAddress &owner : owners) {
            all.push_back(question);
            all.back().server = owner;
            all.back().recursionDesired = false;
        }
        for (const NamedResolver &resolver : facts.resolvers) {
            all.push_back(question);
            // The only resolver answers the questions of the other checks as well: those are not asked again.
            if (facts.resolvers.size() > 1)
                all.back().server = resolver.address;
        }
    }
    const auto answers = look.seen.askAll(all);
    auto next = answers.begin();
    for (const DnsLookup &question : questions) {
        ComparedQuestion compared{question, {}, {}};
        for (size_t i = 0; i < owners.size(); ++i)
            compared.owners.push_back(**next++);
        for (size_t i = 0; i < facts.resolvers.size(); ++i)
            compared.answers.push_back(**next++);
        facts.questions.push_back(std::move(compared));
    }
    Judged judged = judgePropagation(facts);
    for (size_t i = 0; i < all.size(); ++i) {
        if (*answers[i] && (*answers[i])->status == DnsStatus::Answered)
            judged.evidence.push_back(evidenceOf(all[i], **answers[i]));
    }
    return judged;
}

} // namespace

Check propagationCheck()
{
    return {.id = u"dns.propagation"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::EmailDelivery},
            .needs = {},
            .look = lookAtPropagation};
}

} // namespace cockpit
