#include "checks/dns/dangling.h"

#include "checks/dns/namelook.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dangling)
};

DanglingFacts factsOf(const Look &look, const FoundNames &found)
{
    SeenReferences seen = lookAtReferences(look.target, found, look.seen);
    DanglingFacts facts{.domain = look.target.domain,
                        .references = std::move(seen.references),
                        .names = static_cast<int>(found.names.size()),
                        .hasWildcard = found.hasWildcard,
                        .reach = {.setsWideCookies = found.setsWideCookies, .signInReturns = found.signInReturns},
                        .problems = found.notes + seen.problems,
                        .addresses = lookAtCloudAddresses(look.target, found, look.seen),
                        .before = look.facts.lastObserved(u"dns.dangling"_s)};
    if (found.isCut)
        facts.problems << Text::tr("There are more names than can be looked at in one go.");
    facts.problems.removeDuplicates();
    return facts;
}

// The API is asked only where it makes a difference.
bool weighsMoreWithReach(const Judged &judged)
{
    return std::ranges::any_of(judged.findings, [](const Finding &finding) {
        return finding.code == "free_name"_L1 || finding.proof == Proof::Lead;
    });
}

Judged lookAtDangling(const Look &look)
{
    return lookAtNames(look, [&look](const FoundNames &found) {
        DanglingFacts facts = factsOf(look, found);
        Judged judged = judgeDangling(facts);
        if (!weighsMoreWithReach(judged))
            return judged;
        facts.reach.openApi = apiOpenToSubdomains(look);
        return judgeDangling(facts);
    });
}

} // namespace

Check danglingCheck()
{
    return {.id = u"dns.dangling"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::EmailDelivery, Impact::Downtime,
                        Impact::Maintainability},
            .needs = {},
            .look = lookAtDangling};
}

} // namespace cockpit
