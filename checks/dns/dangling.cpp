#include "checks/dns/dangling.h"

#include "checks/dns/namelook.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dangling)
};

Judged lookAtDangling(const Look &look)
{
    return lookAtNames(look, [&look](const FoundNames &found) {
        SeenReferences seen = lookAtReferences(look.target, found, look.seen);
        DanglingFacts facts{look.target.domain,
                            std::move(seen.references),
                            static_cast<int>(found.names.size()),
                            found.hasWildcard,
                            found.setsWideCookies,
                            found.notes + seen.problems};
        if (found.isCut)
            facts.problems << Text::tr("There are more names than can be looked at in one go.");
        facts.problems.removeDuplicates();
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
