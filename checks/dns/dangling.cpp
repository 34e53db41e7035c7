#include "checks/dns/dangling.h"

#include "checks/net/missingdomain.h"
#include "models/hostname.h"

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
    const QString domain = look.target.domain;
    if (hostname::isLoopback(domain))
        return notApplicable(Text::tr("%1 is this computer: it has no public names.").arg(domain));
    const auto apex = look.seen.ask(DnsLookup{.name = domain, .type = RrType::A});
    if (!*apex)
        return couldNotLook(apex->error());
    const auto names = look.seen.ask(FindNames{look.target, look.facts.listedNames});
    if (!*names)
        return couldNotLook(names->error());
    const FoundNames &found = **names;
    SeenReferences seen = lookAtReferences(look.target, found, look.seen);
    DanglingFacts facts{domain,
                        std::move(seen.references),
                        static_cast<int>(found.names.size()),
                        found.hasWildcard,
                        found.setsWideCookies,
                        found.notes + seen.problems};
    if (found.isCut)
        facts.problems << Text::tr("There are more names than can be looked at in one go.");
    facts.problems.removeDuplicates();
    return unlessMissing(judgeDangling(facts), domain, look.seen);
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
