#include "checks/dns/drift.h"

#include "checks/dns/driftsets.h"
#include "checks/dns/resolvers.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

std::vector<DriftLook> lookAtSets(const std::vector<DriftLook> &sets, const std::optional<SocketAddress> &server,
                                  const Look &look)
{
    std::vector<DnsLookup> questions;
    for (const DriftLook &set : sets) {
        for (DnsLookup question : questionsFor(set)) {
            question.server = server;
            questions.push_back(question);
        }
    }
    const auto answers = look.seen.askAll(questions);
    auto next = answers.begin();
    std::vector<DriftLook> seen;
    for (const DriftLook &set : sets) {
        std::vector<Result<DnsAnswer>> own;
        for (size_t i = 0; i < questionsFor(set).size(); ++i)
            own.push_back(**next++);
        seen.push_back(readSet({set.name, set.type, {}, {}}, own, registrableDomain(look.target.domain)));
    }
    return seen;
}

// Somebody else's view, where there is one.
std::optional<SocketAddress> secondResolver(const NetOptions &options)
{
    const auto resolvers = resolversToCompare(options);
    return resolvers.size() > 1 ? resolvers[1].address : std::nullopt;
}

Judged lookAtDrift(const Look &look)
{
    DriftFacts facts{look.target, look.facts.dns, {}, {}, look.startedAt};
    facts.present = lookAtSets(setsOf(look.target, look.facts.dkimSelectors, look.facts.dns), {}, look);
    const auto changed = changedSets(facts.known, look.target, facts.present);
    if (const auto second = secondResolver(look.seen.options()); second && !changed.empty())
        facts.second = lookAtSets(changed, second, look);
    return judgeDrift(facts);
}

} // namespace

Check driftCheck()
{
    return {.id = u"dns.drift"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::EmailDelivery, Impact::Downtime, Impact::Maintainability},
            .needs = {},
            .look = lookAtDrift};
}

} // namespace cockpit
