#include "checks/dns/registration.h"

#include "checks/net/dnsclient.h"

#include <QJsonDocument>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString dated(const QDateTime &time)
{
    return time.isValid() ? time.toString(Qt::ISODate) : u"-"_s;
}

Evidence evidenceOf(const RdapAnswer &answer)
{
    const Registration &record = answer.registry;
    QStringList lines{u"registrar: "_s + record.registrar, u"registered: "_s + dated(record.registered),
                      u"expires: "_s + dated(record.expires), u"changed: "_s + dated(record.changed),
                      u"status: "_s + record.statuses.join(u", "_s)};
    if (answer.registrar)
        lines << u"expires, as the registrar says: "_s + dated(answer.registrar->expires);
    return {u"RDAP %1 at %2"_s.arg(record.domain, answer.server.host()), lines.join(u'\n')};
}

Judged lookAtRegistration(const Look &look)
{
    const QString domain = look.target.domain;
    const auto soa = look.seen.ask(DnsLookup{.name = domain, .type = RrType::Soa});
    const auto rdap = look.seen.ask(RdapLookup{domain});
    if (!*rdap)
        return couldNotLook(rdap->error());
    const bool isDenied = *soa && (*soa)->status == DnsStatus::NxDomain;
    Judged judged = judgeRegistration({domain, **rdap, isDenied, look.startedAt});
    if ((*rdap)->state == RdapState::Registered)
        judged.evidence = {evidenceOf(**rdap)};
    return judged;
}

} // namespace

Check registrationCheck()
{
    return {.id = u"dns.registration"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {},
            .look = lookAtRegistration};
}

} // namespace cockpit
