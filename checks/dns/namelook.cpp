#include "checks/dns/namelook.h"

#include "checks/engine/lookgaps.h"
#include "checks/net/missingdomain.h"
#include "models/hostname.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FoundNames)
};

} // namespace

Judged lookAtNames(const Look &look, const std::function<Judged(const FoundNames &)> &lookFurther)
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
    return unlessMissing(lookFurther(**names), domain, look.seen);
}

void keepInMind(const QStringList &subjects, Judged &judged)
{
    if (judged.outcome != Outcome::Error)
        return;
    LookGaps gaps;
    for (const QString &subject : subjects)
        gaps.hide({subject});
    leaveOpen(judged, gaps);
}

} // namespace cockpit
