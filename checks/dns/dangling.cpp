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
    DanglingFacts facts{domain, lookAtReferences(look.target, **names, look.seen),
                        static_cast<int>((*names)->names.size()), (*names)->hasWildcard, (*names)->setsWideCookies};
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
